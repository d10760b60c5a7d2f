import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { typescript6, typescript7, type Editor } from '../editors/editors.js';
import { bench } from '../folders.js';
import type { Metrics } from '../tasks/task.js';
import type { Part } from './part.js';
import { applications, settings } from './types.js';

const editors = { 'TypeScript 6': typescript6, 'TypeScript 7': typescript7 };

/** Where completions are asked for. */
const places = ['client.channels.', "channel.on('"];

/** How often one is asked for again, as while one types. */
const AGAIN = 20;

export const editor: Part = {
  name: 'editor',
  title: 'Completions in an editor: the first, with the file just opened, and later ones',
  variants: () =>
    Object.entries(editors).flatMap(([name, start]) =>
      places.flatMap((place) =>
        ['asterisk-ari', 'ari-client'].map((subject) => ({
          scenario: `${place} with ${name}`,
          subject,
          measure: () => measure(subject, place, start),
        })),
      ),
    ),
};

async function measure(subject: string, words: string, start: () => Editor): Promise<Metrics> {
  const [hello = '', declarations = ''] = applications[subject] ?? [];
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'asterisk-ari-bench-')));
  const asked = start();
  try {
    const file = join(folder, 'hello.ts');
    const text = `${await readFile(join(bench, 'hello', hello), 'utf8')}await client.channels.list();\n`;
    await writeFile(file, text);
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings(subject, file, declarations)));
    const before = text.slice(0, text.lastIndexOf(words) + words.length).split('\n');
    const place = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };

    const opened = performance.now();
    await asked.open(folder, file, text);
    const offered = await asked.complete(file, place);
    const ms = performance.now() - opened;
    const again = performance.now();
    for (let count = 0; count < AGAIN; count += 1) await asked.complete(file, place);
    return { ms, laterMs: (performance.now() - again) / AGAIN, offered: offered.length };
  } finally {
    await asked.close();
    await rm(folder, { recursive: true });
  }
}
