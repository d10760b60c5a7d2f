import { lstatSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CodegenError } from '../errors.js';
import { dependencyOn } from './sdk.js';
import { template } from './template.js';

/** What many a folder has that is otherwise empty: it stays, and the project goes without its own. */
const dispensable = 'README.md';

/**
 * Makes a project with the hello application, its test and a demonstration in a folder, which is made if it is not there.
 * Other files in it stay as they are.
 * @param sdk the `asterisk-ari` that it asks for: an archive or a folder, or what npm understands
 * @returns the paths of the files written, relative to the folder
 * @throws {CodegenError} if one of them is there already, or cannot be: nothing is written then
 */
export function init(folder: string, sdk?: string): string[] {
  const files = new Map(template(sdk === undefined ? undefined : dependencyOn(sdk, folder)));
  for (const parent of new Set([...files.keys()].map(dirname))) refuseFile(join(folder, parent));
  const exists = (path: string): boolean => lstatSync(join(folder, path), { throwIfNoEntry: false }) !== undefined;
  if (exists(dispensable)) files.delete(dispensable);
  const paths = [...files.keys()];
  const there = paths.filter(exists);
  if (there.length > 0) {
    throw new CodegenError(
      `${folder} has ${there.join(', ')} already, which would be overwritten: give another folder`,
    );
  }

  for (const [path, text] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    // one that has come in the meantime is not overwritten either
    writeFileSync(file, text, { flag: 'wx' });
  }
  return paths;
}

/** Where a folder is needed no file may be. */
function refuseFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new CodegenError(`${path} is a file, and must be a folder`);
  }
}
