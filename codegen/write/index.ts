/** Stage five: the generated files into their folder, all of them or none. */
import { CodegenError } from '../errors.js';
import { isGenerated, MARK, readGenerated } from './folder.js';
import { outputFolder } from './place.js';
import { removeLeftOvers, swapFolder } from './swap.js';

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
  if (unmarked !== undefined) throw new CodegenError(`${unmarked} does not begin with '${MARK}'`);

  const folder = outputFolder(out);
  const { stale, missing, extra } = differences(files, folder);
  const written = new Set([...stale, ...missing].toSorted());
  if (written.size > 0 || extra.length > 0) swapFolder(folder, files);
  removeLeftOvers(folder);
  const unchanged = [...files.keys()].filter((name) => !written.has(name));
  return { written: [...written], unchanged, removed: extra };
}

/** Compares a folder with what it should hold. Writes nothing. */
export function compare(files: ReadonlyMap<string, string>, out: string): Differences {
  return differences(files, outputFolder(out));
}

function differences(files: ReadonlyMap<string, string>, folder: string): Differences {
  const present = readGenerated(folder);
  const names = [...files.keys()].toSorted();
  return {
    stale: names.filter((name) => present.has(name) && !isSame(present.get(name), files.get(name))),
    missing: names.filter((name) => !present.has(name)),
    extra: [...present.keys()].filter((name) => !files.has(name)).toSorted(),
  };
}

/** Line ends do not count: a working copy may have those of Windows. */
function isSame(present: string | undefined, wanted: string | undefined): boolean {
  return present?.replaceAll('\r\n', '\n') === wanted;
}
