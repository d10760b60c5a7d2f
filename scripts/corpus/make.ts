import { anonymous } from './anonymous.js';
import { enumerated } from './facets.js';
import type { Corpus, RecordedAnswer } from './files.js';
import type { Run } from './run.js';
import { select, shorten } from './select.js';
import type { Json } from './types.js';

/** Makes of all that was heard the corpus: anonymous, and no more of a kind than shows something new. */
export function makeCorpus({ version, model, events, answers }: Run): Corpus {
  const enums = enumerated([...model.models, ...model.events].flatMap(({ properties }) => properties));
  const byType = group(events, (event) => (event as { type: string }).type, anonymous);
  const byOperation = group(
    answers,
    ({ operation }) => operation,
    ({ status, body }) => anonymous({ status, ...(body === undefined ? {} : { body: shorten(body, enums) }) }),
  );
  return {
    release: version,
    events: mapValues(byType, (messages) => select(messages, enums)),
    answers: mapValues(
      byOperation,
      (messages) => select(messages, new Set([...enums, 'status'])) as unknown[] as RecordedAnswer[],
    ),
  };
}

function group<T>(items: readonly T[], keyOf: (item: T) => string, make: (item: T) => Json): Map<string, Json[]> {
  const groups = new Map<string, Json[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), make(item)]);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function mapValues<T, U>(map: ReadonlyMap<string, T>, make: (value: T) => U): Map<string, U> {
  return new Map([...map].map(([key, value]) => [key, make(value)]));
}
