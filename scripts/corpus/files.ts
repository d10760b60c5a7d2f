import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json } from './types.js';

/** Where the corpus lies, a folder a release. */
export const corpusFolder = fileURLToPath(new URL('../../test/corpus', import.meta.url));

/** An answer of one operation. */
export interface RecordedAnswer {
  readonly status: number;
  readonly body?: Json;
}

/** What a release was heard to send: examples by type of event and by operation. */
export interface Corpus {
  readonly release: string;
  readonly events: ReadonlyMap<string, readonly Json[]>;
  readonly answers: ReadonlyMap<string, readonly RecordedAnswer[]>;
}

/** The releases that the corpus has. */
export function corpusReleases(): string[] {
  return readdirSync(corpusFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

export function readCorpus(release: string): Corpus {
  const folder = join(corpusFolder, release);
  return {
    release,
    events: readExamples<Json>(join(folder, 'events')),
    answers: readExamples<RecordedAnswer>(join(folder, 'answers')),
  };
}

/** Writes a release anew, with an index beside the examples. */
export function writeCorpus({ release, events, answers }: Corpus, index: object): void {
  const folder = join(corpusFolder, release);
  rmSync(folder, { recursive: true, force: true });
  writeExamples(join(folder, 'events'), events);
  writeExamples(join(folder, 'answers'), answers);
  writeFileSync(join(folder, 'index.json'), `${JSON.stringify(index, null, 2)}\n`);
}

function readExamples<T>(folder: string): Map<string, readonly T[]> {
  return new Map(
    readdirSync(folder)
      .sort()
      .map((file) => [file.replace(/\.json$/, ''), JSON.parse(readFileSync(join(folder, file), 'utf8')) as T[]]),
  );
}

/** One example a line: a change of the corpus is then a change of few lines. */
function writeExamples(folder: string, examples: ReadonlyMap<string, readonly unknown[]>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, messages] of examples) {
    const lines = messages.map((message) => JSON.stringify(message));
    writeFileSync(join(folder, `${name}.json`), `[\n${lines.join(',\n')}\n]\n`);
  }
}
