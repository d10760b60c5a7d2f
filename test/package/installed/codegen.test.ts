import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestOf } from '../support/manifest.js';
import { Project, type Output } from '../support/project.js';
import { branches, usesOf } from '../support/uses.js';

describe('the generator, installed beside it', () => {
  let project: Project;

  beforeAll(async () => {
    project = await Project.make();
    await project.install(['.', 'codegen'], 'typescript@7', 'typescript-5@npm:typescript@5', '@types/node@20');
  }, 240_000);

  afterAll(() => project.remove());

  const codegen = (...args: string[]) => project.npx('ari-codegen', ...args);

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

  it.each(usesOf('codegen'))('$entry works', async ({ program, args }) => {
    expect(await project.program(program, ...args)).toEqual({ stdout: '', stderr: '' });
  });

  it.each(branches)('generates the bindings of branch %s', async (branch) => {
    await codegen('--asterisk-version', branch, '--out', `src/v${branch}`, '--quiet');
  });

  it('finds them up to date then', async () => {
    const checked = await codegen('--asterisk-version', '18', '--out', 'src/v18', '--check', '--quiet');
    expect(checked).toEqual({ stdout: '', stderr: '' });
  });

  describe('compiled', () => {
    beforeAll(async () => {
      await project.write('src/hello.ts', helloOfReadme());
      await project.write('src/hello-18.ts', helloOfReadme().replace(`'asterisk-ari'`, `'./v18/index.js'`));
      await project.write('src/call.ts', CALL);
    });

    it.each([
      ['typescript', 'nodenext', 'nodenext'],
      ['typescript', 'esnext', 'bundler'],
      ['typescript-5', 'nodenext', 'nodenext'],
    ])(
      'by %s with module %s, resolution %s: bindings, the example of the README and all declarations; they take a call',
      async (typescript, module, moduleResolution) => {
        const compilerOptions = { ...strict, module, moduleResolution };
        await project.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['src'] }));
        const { stdout } = await project
          .node(project.path('node_modules', typescript, 'bin', 'tsc'))
          .catch((error: Output) => error);
        expect(stdout).toBe('');
        expect(await project.node('out/call.js')).toEqual({ stdout: '', stderr: '' });
      },
      120_000,
    );
  });
});

/** Nothing is overlooked, declarations of the packages included. */
const strict = {
  target: 'es2022',
  types: ['node'],
  rootDir: 'src',
  outDir: 'out',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
};

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
