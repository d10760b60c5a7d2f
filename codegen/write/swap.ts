import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { CodegenError } from '../errors.js';
import { isLeftOver } from './folder.js';

/**
 * Puts a folder with exactly these files in the place of another. They are written beside it first, so that whatever fails
 * leaves the old folder as it was, and a reader sees the old files or the new ones, never some of each.
 */
export function swapFolder(target: string, files: ReadonlyMap<string, string>): void {
  makeFolder(dirname(target));
  const mark = `${process.pid}-${randomBytes(6).toString('hex')}`;
  const fresh = join(dirname(target), `.${basename(target)}.new-${mark}`);
  const old = join(dirname(target), `.${basename(target)}.old-${mark}`);

  try {
    writeFiles(fresh, files);
    const replaces = existsSync(target);
    if (replaces) renameSync(target, old);
    try {
      renameSync(fresh, target);
    } catch (error) {
      if (replaces) renameSync(old, target);
      throw error;
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  rmSync(old, { recursive: true, force: true });
}

/** Removes what runs that were cut off have left beside the folder. What cannot be read or removed does no harm. */
export function removeLeftOvers(target: string): void {
  try {
    leftOvers(target).forEach((path) => rmSync(path, { recursive: true, force: true }));
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
  }
}

function leftOvers(target: string): readonly string[] {
  const start = `.${basename(target)}.`;
  return readdirSync(dirname(target), { withFileTypes: true })
    .filter((entry) => {
      const pid = /^(?:new|old)-(\d+)-[\da-f]{12}$/.exec(entry.name.slice(start.length))?.[1];
      return entry.name.startsWith(start) && entry.isDirectory() && pid !== undefined && !isRunning(Number(pid));
    })
    .map(({ name }) => join(dirname(target), name))
    .filter(isLeftOver);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // of another user: it runs
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  makeFolder(folder);
  for (const [name, text] of files) {
    const path = join(folder, name);
    makeFolder(dirname(path));
    writeFileSync(path, text);
  }
}

/** One folder after the other: Node's own `recursive` never ends where a file system has no room for folders (`/proc`). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    throw new CodegenError(`the folder ${path} cannot be made (${code})`, { cause });
  }
}
