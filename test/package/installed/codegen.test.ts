import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestOf } from '../support/manifest.js';
import { packInto } from '../support/pack.js';
import { Project } from '../support/project.js';
import { branches, usesOf } from '../support/uses.js';

describe('the generator, alone in an empty folder', () => {
  let project: Project;

  beforeAll(async () => {
    project = await Project.make();
    await project.install(['codegen']);
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

  describe('begins a project, in which', () => {
    beforeAll(async () => {
      const sdk = await packInto(project.folder, '.');
      await codegen('init', 'hello', '--sdk', sdk, '--quiet');
      await project.in('hello').npm('install', '--no-audit', '--no-fund', '--loglevel=error');
    }, 240_000);

    it('the application shows a call without an Asterisk', async () => {
      const { stdout, stderr } = await project.in('hello').npm('start', '--silent');
      expect(stdout).toMatch(/StasisStart[^]*ChannelDtmfReceived[^]*StasisEnd\nThe call is over\.\n$/);
      expect(stderr).toBe('');
    });

    it('the test passes', async () => {
      const { stdout } = await project.in('hello').npm('test', '--silent');
      expect(stdout).toMatch(/pass 1\n[^]*fail 0\n/);
    });

    it('the application runs on the Asterisk of the environment until it is interrupted', async () => {
      expect(await project.program('interrupted.mjs', 'hello')).toEqual({ stdout: '', stderr: '' });
    });

    it.each(branches)('bindings of branch %s are generated', async (branch) => {
      await codegen('--asterisk-version', branch, '--out', `hello/src/v${branch}`, '--quiet');
    });

    it('they are found to be up to date then', async () => {
      const checked = await codegen('--asterisk-version', '18', '--out', 'hello/src/v18', '--check', '--quiet');
      expect(checked).toEqual({ stdout: '', stderr: '' });
    });

    it.each([
      ['nodenext', 'nodenext'],
      ['esnext', 'bundler'],
    ])(
      'with module %s, resolution %s the bindings and all declarations compile, and take a call',
      async (module, moduleResolution) => {
        const hello = project.in('hello');
        const compilerOptions = { ...strictest, module, moduleResolution };
        const extended = { extends: './tsconfig.json', compilerOptions, include: ['src', 'test'] };
        await hello.write('strictest.json', JSON.stringify(extended));
        await hello.write('src/call.ts', CALL);
        await hello.npx('tsc', '-p', 'strictest.json');
        expect(await hello.node('dist/src/call.js')).toEqual({ stdout: '', stderr: '' });
      },
      120_000,
    );
  });
});

/** Nothing is overlooked, declarations of the packages included. */
const strictest = { exactOptionalPropertyTypes: true, skipLibCheck: false };

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
