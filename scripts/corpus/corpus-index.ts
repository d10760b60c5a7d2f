import type { ApiModel } from '../../codegen/model/types.js';
import { gapsOf } from './coverage.js';
import type { Corpus } from './files.js';
import { reasonFor } from './reasons.js';

/** What a release's folder holds, and what it does not, with the reason. */
export function indexOf(corpus: Corpus, model: ApiModel): object {
  const gaps = gapsOf(corpus, model);
  const explained = (names: readonly string[]): object =>
    Object.fromEntries(names.map((name) => [name, reasonFor(name, corpus.release) ?? null]));
  return {
    release: corpus.release,
    interface: model.release,
    events: counts(corpus.events),
    answers: counts(corpus.answers),
    missing: {
      events: explained(gaps.events),
      operations: explained(gaps.operations),
      models: explained(gaps.models),
      properties: explained(gaps.properties),
    },
  };
}

/** What is missing though nobody knows why. */
export function unexplained(corpus: Corpus, model: ApiModel): string[] {
  const { events, operations, models, properties } = gapsOf(corpus, model);
  return [...events, ...operations, ...models, ...properties].filter(
    (name) => reasonFor(name, corpus.release) === undefined,
  );
}

function counts(examples: ReadonlyMap<string, readonly unknown[]>): object {
  return Object.fromEntries([...examples].map(([name, messages]) => [name, messages.length]));
}
