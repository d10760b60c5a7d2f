import { corpusReleases, readCorpus, type Corpus } from '../../../scripts/corpus/files.js';
import type { Json } from '../../../scripts/corpus/types.js';
import { readApi } from '../../../codegen/generate.js';
import type { ApiModel } from '../../../codegen/model/types.js';

/** Every release of the corpus. */
export const corpora: readonly Corpus[] = corpusReleases().map(readCorpus);

export function corpusOf(major: string): Corpus {
  const found = corpora.find(({ release }) => release.startsWith(`${major}.`));
  if (found === undefined) {
    throw new Error(`the corpus has no release ${major}`);
  }
  return found;
}

/** The interface of a branch as its bindings have it. */
export async function modelOf({ release }: Pick<Corpus, 'release'>): Promise<ApiModel> {
  return (await readApi({ kind: 'bundled', version: release.split('.')[0] ?? '' })).model;
}

/** All events of a corpus, each with the place it is from. */
export function eventsOf({ events }: Corpus): { readonly from: string; readonly event: RawMessage }[] {
  return [...events].flatMap(([type, messages]) =>
    messages.map((event, index) => ({ from: `${type}[${index}]`, event: event as RawMessage })),
  );
}

/** All answers that were a success and have a body. */
export function answersOf({ answers }: Corpus): { readonly operation: string; readonly body: Json }[] {
  return [...answers].flatMap(([operation, all]) =>
    all.flatMap(({ status, body }) => (status < 300 && body !== undefined ? [{ operation, body }] : [])),
  );
}

export type RawMessage = { readonly type: string; readonly [field: string]: Json };
