import { execFile } from 'node:child_process';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestOf } from './support/manifest.js';
import { packInto } from './support/pack.js';
import { Project } from './support/project.js';
import { usesOf } from './support/uses.js';

/** Without a registry: the archive unpacked, its dependencies links. in installed/ npm installs them. */
let project: Project;

beforeAll(async () => {
  project = await Project.make();
  const unpacked = project.path('node_modules', 'asterisk-ari');
  await mkdir(unpacked, { recursive: true });
  const archive = await packInto(project.folder, '.');
  // Some tar takes the C of C:\\ for a computer.
  const file = relative(unpacked, archive);
  await promisify(execFile)('tar', ['-xzf', file, '--strip-components=1'], { cwd: unpacked });
  await rm(archive);
  for (const name of Object.keys(manifestOf('.').dependencies)) {
    await symlink(resolve('node_modules', name), project.path('node_modules', name), 'junction');
  }
}, 60_000);

afterAll(() => project.remove());

describe('the packed SDK', () => {
  it.each(usesOf('.'))('$entry works', async ({ program, args }) => {
    expect(await project.program(program, ...args)).toEqual({ stdout: '', stderr: '' });
  });
});
