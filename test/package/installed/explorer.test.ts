import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestOf } from '../support/manifest.js';
import { Project } from '../support/project.js';

describe('the explorer, installed beside it', () => {
  let project: Project;

  beforeAll(async () => {
    project = await Project.make();
    await project.install(['.', 'explorer']);
  }, 240_000);

  afterAll(() => project.remove());

  it('tells its version, and what it needs to know', async () => {
    expect(await project.npx('ari-explorer', '--version')).toEqual({
      stdout: `${manifestOf('explorer').version}\n`,
      stderr: '',
    });
    await expect(project.npx('ari-explorer', '--username', 'ari')).rejects.toThrow(/which Asterisk\?/);
  });

  it('shows its demo, and ends when it is told to', async () => {
    const bin = project.path('node_modules', 'ari-explorer', 'bin', 'ari-explorer.js');
    const child = spawn(process.execPath, [bin, '--demo', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    let address = '';
    for await (const line of createInterface({ input: child.stdout })) {
      address = /http:\S+/.exec(line)?.[0] ?? '';
      if (address !== '') break;
    }
    const entered = await fetch(address, { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    for (const path of ['/', '/app.js', '/app.css', '/icon.svg', '/licences.txt', '/api/operations', '/api/objects']) {
      expect([path, (await fetch(new URL(path, address), { headers: { cookie } })).status]).toEqual([path, 200]);
    }
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });
});
