import type { Packed } from './pack.js';

/** Folders are told apart down to here: `dist/src/flows`. */
const DEPTH = 3;

/**
 * What is packed as a text to be read and compared: files at the top by name, and of each folder which kinds of files it
 * has and how large they are, roughly, so that it changes when something has come or grown, and not with every line.
 */
export function byFolder(files: Packed['files']): string {
  const folders = new Map<string, { size: number; readonly endings: Set<string> }>();
  for (const { path, size } of files) {
    const folder = path.split('/').slice(0, -1).slice(0, DEPTH).join('/');
    const key = folder === '' ? path : `${folder}/`;
    const entry = folders.get(key) ?? { size: 0, endings: new Set() };
    entry.size += size;
    if (folder !== '') entry.endings.add(/(\.d)?\.\w+$/.exec(path)?.[0] ?? path);
    folders.set(key, entry);
  }
  const lines = [...folders].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return lines
    .map(([name, { size, endings }]) =>
      [name.padEnd(36), atMost(size).padStart(8), ...[...endings].toSorted()].join(' ').trimEnd(),
    )
    .join('\n')
    .concat('\n');
}

/** The next of 1, 2, 5, 10, 20, 50 … kB. */
function atMost(bytes: number): string {
  const steps = [0, 1, 2, 3, 4].flatMap((power) => [1, 2, 5].map((step) => step * 10 ** power));
  return `≤ ${steps.find((step) => bytes <= step * 1000) ?? 'more'} kB`;
}
