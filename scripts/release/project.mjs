import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The packages that are released together: the one in the current folder and its workspaces. */
export function packages() {
  const { workspaces = [] } = read('package.json');
  return ['.', ...workspaces].map((folder) => {
    const file = join(folder, 'package.json');
    const { name, version, repository } = read(file);
    return { folder, file, name, version, repository };
  });
}

function read(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** What git prints, without the end of its last line; undefined if it fails. */
export function git(...args) {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' });
  return status === 0 ? stdout.trimEnd() : undefined;
}

/** How the CHANGELOG begins the section of a version: with the day of its release, or that it has none yet. */
export function headingOf(version) {
  return new RegExp(`^## ${version.replaceAll('.', '\\.')} – (unreleased|\\d{4}-\\d\\d-\\d\\d)$`, 'm');
}
