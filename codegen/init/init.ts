import { lstatSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CodegenError } from '../errors.js';
import { template } from './template.js';

/**
 * Makes a project with the hello application, its test and a demonstration in a folder, which is made if it is not there.
 * Other files in it stay as they are.
 * @returns the paths of the files written, relative to the folder
 * @throws {CodegenError} if one of them is there already, or cannot be: nothing is written then
 */
export function init(folder: string): string[] {
  const files = template();
  const paths = [...files.keys()];
  for (const parent of new Set(paths.map(dirname))) refuseFile(join(folder, parent));
  const there = paths.filter((path) => lstatSync(join(folder, path), { throwIfNoEntry: false }) !== undefined);
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
