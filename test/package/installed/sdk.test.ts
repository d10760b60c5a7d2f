import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestOf } from '../support/manifest.js';
import { Project } from '../support/project.js';
import { usesOf } from '../support/uses.js';

describe('the SDK, installed alone', () => {
  let project: Project;
  const uses = usesOf('.');

  beforeAll(async () => {
    project = await Project.make();
    await project.install(['.']);
  }, 120_000);

  afterAll(() => project.remove());

  it.each(uses)('$entry works', async ({ program, args }) => {
    expect(await project.program(program, ...args)).toEqual({ stdout: '', stderr: '' });
  });

  it('is the same by require() as by import, whichever entry', async () => {
    const entries = uses.map(({ entry }) => entry);
    expect(await project.program('require.cjs', ...entries)).toEqual({ stdout: '', stderr: '' });
  });

  it('brings what it needs, and nothing that it does not', async () => {
    const { stdout } = await project.npm('ls', '--all', '--parseable');
    const names = stdout
      .split(/\r?\n/)
      .filter((path) => path.includes('node_modules'))
      .map((path) => path.replaceAll('\\', '/').replace(/.*node_modules\//, ''));
    const ofFetch = [
      'data-uri-to-buffer',
      'fetch-blob',
      'formdata-polyfill',
      'node-domexception',
      'web-streams-polyfill',
    ];
    expect(names.sort()).toEqual(['asterisk-ari', ...Object.keys(manifestOf('.').dependencies), ...ofFetch].sort());
  });

  it('takes less than 20 MB', async () => {
    expect(await sizeOf(project.path('node_modules'))).toBeLessThan(20_000_000);
  });
});

/** Bytes of all files in a folder. */
async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map((name) => stat(join(folder, name))));
  return sizes.reduce((sum, each) => sum + (each.isFile() ? each.size : 0), 0);
}
