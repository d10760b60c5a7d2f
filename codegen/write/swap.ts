import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';

/**
 * Puts a folder with exactly these files in the place of another. They are written beside it first, so that whatever fails
 * leaves the old folder as it was, and a reader sees the old files or the new ones, never some of each.
 */
export function swapFolder(folder: string, files: ReadonlyMap<string, string>): void {
  const target = existsSync(folder) ? realpathSync(folder) : resolve(folder);
  mkdirSync(dirname(target), { recursive: true });
  const mark = randomBytes(6).toString('hex');
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

function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
