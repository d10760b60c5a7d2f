import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestOf } from './support/manifest.js';
import { packInto } from './support/pack.js';
import { Project, type Output } from './support/project.js';
import { usesOfEntries } from './support/uses.js';

/** Both packages as somebody has them who installs them: from archives, with their dependencies from the registry. */
const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

async function install(project: Project, folders: readonly string[], ...others: string[]): Promise<void> {
  const archives = await Promise.all(folders.map((folder) => packInto(project.folder, folder)));
  await project.npm('npm', 'install', ...quiet, ...archives, ...others);
}

describe('the SDK, installed alone', () => {
  let project: Project;
  const uses = usesOfEntries();

  beforeAll(async () => {
    project = await Project.make();
    await install(project, ['.']);
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
    const { stdout } = await project.npm('npm', 'ls', '--all', '--parseable');
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

describe('the generator, installed beside it', () => {
  let project: Project;
  const branches = ['16', '18', '20', '21', '22', '23'];

  beforeAll(async () => {
    project = await Project.make();
    await install(project, ['.', 'codegen'], 'typescript@7', 'typescript-5@npm:typescript@5', '@types/node@20');
  }, 240_000);

  afterAll(() => project.remove());

  const codegen = (...args: string[]) => project.npm('npx', '--no-install', 'ari-codegen', ...args);

  it('lists the bundled branches', async () => {
    const { stdout, stderr } = await codegen('--list');
    expect(stdout.match(/^\d+/gm)).toEqual(branches);
    expect(stderr).toBe('');
  });

  it('tells its version', async () => {
    expect(await codegen('--version')).toEqual({ stdout: `${manifestOf('codegen').version}\n`, stderr: '' });
  });

  it('tells what differs between two branches', async () => {
    const { stdout } = await codegen('diff', '20', '22');
    expect(stdout).toContain('ChannelToneDetected');
  });

  it('is imported', async () => {
    await project.write(
      'import.mjs',
      `import * as codegen from 'ari-codegen';
       console.log(Object.values(codegen).every((value) => typeof value === 'function'), Object.keys(codegen).length > 2);`,
    );
    expect(await project.node('import.mjs')).toEqual({ stdout: 'true true\n', stderr: '' });
  });

  it.each(branches)(
    'generates the bindings of branch %s, which are up to date then',
    async (branch) => {
      await codegen('--asterisk-version', branch, '--out', `src/v${branch}`, '--quiet');
      expect(await codegen('--asterisk-version', branch, '--out', `src/v${branch}`, '--check', '--quiet')).toEqual({
        stdout: '',
        stderr: '',
      });
    },
    60_000,
  );

  describe.each(['typescript', 'typescript-5'])('compiled by %s', (typescript) => {
    const compile = async (options: object): Promise<string> => {
      const compilerOptions = {
        target: 'es2022',
        types: ['node'],
        rootDir: 'src',
        outDir: typescript,
        ...strict,
        ...options,
      };
      await project.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['src'] }));
      const tsc = project.path('node_modules', typescript, 'bin', 'tsc');
      return project.node(tsc).then(
        ({ stdout }) => stdout,
        (error: Output) => error.stdout,
      );
    };

    beforeAll(async () => {
      await project.write('src/hello.ts', helloOfReadme());
      await project.write('src/hello-18.ts', helloOfReadme().replace(`'asterisk-ari'`, `'./v18/index.js'`));
      await project.write('src/call.ts', CALL);
    });

    it.each([
      ['nodenext', 'nodenext'],
      ['esnext', 'bundler'],
    ])(
      'bindings, the example of the README and all declarations are right with module %s, resolution %s',
      async (module, moduleResolution) => {
        expect(await compile({ module, moduleResolution })).toBe('');
      },
      120_000,
    );

    it('the bindings take a call', async () => {
      expect(await project.node(`${typescript}/call.js`)).toEqual({ stdout: '', stderr: '' });
    });
  });
});

/** Nothing is overlooked, declarations of the packages included. */
const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false };

/** The first example of the README. */
function helloOfReadme(): string {
  const [, code = ''] = /```ts\n(.*?)```/s.exec(readFileSync('README.md', 'utf8')) ?? [];
  if (!code.includes('await connect(')) throw new Error('The README no longer begins with an example');
  return code;
}

/** A call with generated bindings of a branch that the SDK does not have, and their schemas. */
const CALL = `
import assert from 'node:assert/strict';
import { startAsterisk } from 'asterisk-ari/testing';
import { connect, release } from './v18/index.js';

const asterisk = await startAsterisk({ version: '18' });
const client = await connect(asterisk.url, asterisk.username, asterisk.password, { validation: 'full' });
client.on('invalid', ({ issues }) => assert.fail(JSON.stringify(issues)));
assert.equal(client.asteriskVersion, release);
await client.start('hello');
const started = client.waitFor('StasisStart', { timeoutMs: 5000 });
const caller = asterisk.call({ to: 'stasis-hello' });
const { channel } = await started;
await channel.answer();
await channel.play({ media: 'sound:hello-world' });
await caller.hears('sound:hello-world');
await channel.hangup();
await caller.ended();
await client.close();
await asterisk.close();
`;

/** Bytes of all files in a folder. */
async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map((name) => stat(join(folder, name))));
  return sizes.reduce((sum, each) => sum + (each.isFile() ? each.size : 0), 0);
}
