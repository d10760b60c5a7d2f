import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CodegenError } from '../errors.js';

/** What tells a repository's own folder, of whatever system. */
const REPOSITORIES = ['.git', '.hg', '.svn', '.jj'];

/**
 * The folder that a path means, links followed: the bindings go there, and what it holds is replaced. Refused are those
 * that no generator may replace, whatever is in them.
 */
export function outputFolder(out: string): string {
  if (out.trim() === '' || out.includes('\0')) throw refusal(JSON.stringify(out), 'is the name of no folder');
  const folder = real(resolve(out));
  const shown = folder === resolve(out) ? out : `${out} (${folder})`;
  if (dirname(folder) === folder) throw refusal(shown, 'is the root of a file system');
  if (holds(folder, process.cwd())) throw refusal(shown, 'is the current folder, or one above it');
  if (holds(folder, homedir())) throw refusal(shown, 'is your home folder, or one above it');
  const repository = REPOSITORIES.find((name) => existsSync(join(folder, name)));
  if (repository !== undefined) throw refusal(shown, `is a repository (it has ${repository})`);
  return folder;
}

/** The path with all links in it followed; its end may not be there yet. */
function real(path: string): string {
  if (existsSync(path)) return realpathSync.native(path);
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) throw refusal(path, 'is a link to nothing');
  const above = dirname(path);
  return above === path ? path : join(real(above), basename(path));
}

/** Whether a path is the folder itself or under it. */
function holds(folder: string, path: string): boolean {
  const way = relative(folder, real(resolve(path)));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function refusal(shown: string, what: string): CodegenError {
  return new CodegenError(`${shown} ${what}: give a folder for the bindings alone with --out`);
}
