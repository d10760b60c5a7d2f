/** Stage five: the generated files into their folder, all of them or none. */
import { CodegenError } from '../errors.js';
import { isGenerated, MARK, readGenerated } from './folder.js';
import { swapFolder } from './swap.js';

/** What a folder needed, or with `check` would need, to hold the generated files and no others. */
export interface WriteResult {
  /** Files whose content is new or differs. */
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/** What `--check` found: paths within the folder. */
export interface Differences {
  readonly stale: readonly string[];
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** Makes a folder hold exactly these files. Until the last moment, and on any failure, it is as it was. */
export function write(files: ReadonlyMap<string, string>, out: string): WriteResult {
  const unmarked = [...files].find(([, text]) => !isGenerated(text))?.[0];
  if (unmarked !== undefined) throw new CodegenError(`${unmarked} does not say '${MARK}' in its first line`);

  const { stale, missing, extra } = compare(files, out);
  const written = [...stale, ...missing].toSorted();
  if (written.length > 0 || extra.length > 0) swapFolder(out, files);
  const unchanged = [...files.keys()].filter((name) => !written.includes(name));
  return { written, unchanged, removed: extra };
}

/** Compares a folder with what it should hold. Writes nothing. */
export function compare(files: ReadonlyMap<string, string>, out: string): Differences {
  const present = readGenerated(out);
  const names = [...files.keys()].toSorted();
  return {
    stale: names.filter((name) => present.has(name) && present.get(name) !== files.get(name)),
    missing: names.filter((name) => !present.has(name)),
    extra: [...present.keys()].filter((name) => !files.has(name)).toSorted(),
  };
}
