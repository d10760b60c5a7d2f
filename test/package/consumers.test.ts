import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The package as it would be published, in a project that uses it. */
const run = promisify(execFile);
let project: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'consumer-'));
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', project]);
  const archive = (await readdir(project)).find((name) => name.endsWith('.tgz')) ?? '';
  const modules = join(project, 'node_modules');
  await mkdir(join(modules, 'asterisk-ari'), { recursive: true });
  await run('tar', ['-xzf', join(project, archive), '-C', join(modules, 'asterisk-ari'), '--strip-components=1']);
  // What an install would put beside it; links keep this test off the network.
  for (const name of ['node-fetch', 'ws', 'zod', '@types']) {
    await symlink(resolve('node_modules', name), join(modules, name));
  }
}, 60_000);

afterAll(() => rm(project, { recursive: true, force: true }));

async function runFile(name: string, source: string): Promise<string> {
  await writeFile(join(project, name), source);
  const { stdout, stderr } = await run(process.execPath, [name], { cwd: project });
  expect(stderr).toBe('');
  return stdout.trim();
}

describe('the published package', () => {
  it('is imported, whole or by branch', async () => {
    const source = `
      import { AriClient, NotFoundError, release } from 'asterisk-ari';
      import * as v20 from 'asterisk-ari/v20';
      import * as v23 from 'asterisk-ari/v23';
      console.log(release, v20.release, v23.release, v20.NotFoundError === NotFoundError, v23.AriClient === AriClient);`;
    expect(await runFile('a.mjs', source)).toBe('22.10.1 20.20.1 23.4.1 true false');
  });

  it('is required', async () => {
    expect(await runFile('b.cjs', `console.log(typeof require('asterisk-ari').connect)`)).toBe('function');
  });

  it('loads neither the generator nor zod', async () => {
    const { stderr } = await run(process.execPath, ['--input-type=module', '-e', `import 'asterisk-ari'`], {
      cwd: project,
      env: { ...process.env, NODE_DEBUG: 'esm' },
      maxBuffer: 2 ** 26,
    });
    expect(stderr).toMatch(/node_modules\/ws\//);
    expect(stderr).not.toMatch(/node_modules\/(zod|ts-morph|commander)\//);
  });

  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])(
    'type-checks with module %s and resolution %s, its declarations included',
    async (module, moduleResolution) => {
      await writeFile(
        join(project, 'c.mts'),
        `import { connect, type AriEvent } from 'asterisk-ari';
       export async function f(): Promise<AriEvent['type']> {
         await using client = await connect('http://localhost:8088/', 'a', 'b');
         const channel = await client.channels.originate({ endpoint: 'PJSIP/ann', app: 'hello' });
         return (await channel.waitFor('StasisStart')).type;
       }`,
      );
      const options = [
        '--strict',
        '--noEmit',
        '--target',
        'es2022',
        '--lib',
        'es2022,esnext.disposable',
        '--types',
        'node',
      ];
      const flags = [...options, '--module', module, '--moduleResolution', moduleResolution, 'c.mts'];
      const tsc = resolve('node_modules/typescript/bin/tsc');
      const { stdout } = await run(process.execPath, [tsc, ...flags], { cwd: project }).catch(
        (error: { stdout: string }) => error,
      );
      expect(stdout).toBe('');
    },
    60_000,
  );
});
