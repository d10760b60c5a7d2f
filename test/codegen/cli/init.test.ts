import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { manifestOf } from '../../package/support/manifest.js';
import { cli } from '../support/cli.js';
import { snapshotOf, tempFolder } from '../support/folder.js';

const execute = promisify(execFile);
const files = [
  '.gitignore',
  'README.md',
  'package.json',
  'src/demo.ts',
  'src/hello.ts',
  'src/main.ts',
  'test/hello.test.ts',
  'tsconfig.json',
];

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, string>>;

describe('ari-codegen init', { timeout: 60_000 }, () => {
  test('makes a project in a folder that it makes, and says what to run', async () => {
    const cwd = tempFolder();
    const { code, stdout, stderr } = await cli(['init', 'deep/hello'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('\n  cd deep/hello\n  npm install\n  npm start\n');
    expect(Object.keys(snapshotOf(join(cwd, 'deep/hello'))).toSorted()).toEqual(files);
  });

  test('makes it in the current folder, whose other files stay', async () => {
    const cwd = tempFolder({ 'README.md': 'mine', 'src/mine.ts': '' });
    const { code, stdout } = await cli(['init', '--json'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ folder: '.', files: files.filter((name) => name !== 'README.md') });
    expect(snapshotOf(cwd)).toMatchObject({ 'README.md': 'mine', 'src/mine.ts': '' });
    expect(await cli(['init', 'other', '--quiet'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('refuses to overwrite a file, and names each', async () => {
    const cwd = tempFolder({ 'package.json': '{}', 'src/main.ts': 'mine' });
    const before = snapshotOf(cwd);
    const { code, stderr } = await cli(['init'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toBe(
      'ari-codegen: . has package.json, src/main.ts already, which would be overwritten: give another folder\n',
    );
    expect(snapshotOf(cwd)).toEqual(before);
  });

  test('writes nothing through a link, even one that leads nowhere', async () => {
    const cwd = tempFolder();
    mkdirSync(join(cwd, 'src'));
    symlinkSync(join(cwd, 'elsewhere'), join(cwd, 'src/main.ts'));
    const { code, stderr } = await cli(['init'], { cwd });
    expect({ code, names: readdirSync(cwd) }).toEqual({ code: 1, names: ['src'] });
    expect(stderr).toContain('. has src/main.ts already');
  });

  test('refuses a file where it needs a folder', async () => {
    const cwd = tempFolder({ src: '', file: '' });
    for (const [name, args] of Object.entries({ src: [], file: ['file'] })) {
      const { code, stderr } = await cli(['init', ...args], { cwd });
      expect({ code, stderr }).toEqual({ code: 1, stderr: `ari-codegen: ${name} is a file, and must be a folder\n` });
    }
    expect(Object.keys(snapshotOf(cwd)).toSorted()).toEqual(['file', 'src']);
    expect((await cli(['init', ' '], { cwd })).code).toBe(2);
    expect((await cli(['init', 'a', 'b'], { cwd })).code).toBe(2);
  });

  test('asks for the SDK of the same version, and for the tools that ours is tested with', async () => {
    const cwd = tempFolder();
    await cli(['init', '--quiet'], { cwd });
    const made = readJson(join(cwd, 'package.json'));
    const ours = readJson('package.json');
    expect(made['dependencies']).toEqual({ 'asterisk-ari': `^${manifestOf('codegen').version}` });
    for (const [name, range] of Object.entries(made['devDependencies'] ?? {})) {
      expect([name, range]).toEqual([name, ours['devDependencies']?.[name]]);
    }
    expect(made['engines']).toEqual(ours['engines']);
  });

  test.each([
    ['asterisk-ari.tgz', 'file:../../asterisk-ari.tgz'],
    ['./sdk', 'file:../../sdk'],
    ['~0.1.2', '~0.1.2'],
    ['next', 'next'],
    ['https://example.org/asterisk-ari.tgz', 'https://example.org/asterisk-ari.tgz'],
  ])('asks for the SDK that it is given: %s', async (sdk, wanted) => {
    const cwd = tempFolder({ 'asterisk-ari.tgz': '', 'sdk/package.json': '{}' });
    expect((await cli(['init', 'deep/hello', '--sdk', sdk], { cwd })).code).toBe(0);
    expect(readJson(join(cwd, 'deep/hello/package.json'))['dependencies']).toEqual({ 'asterisk-ari': wanted });
  });

  test.each(['gone.tgz', './gone', '../gone', '/gone/away'])('refuses an SDK that is not there: %s', async (sdk) => {
    const cwd = tempFolder();
    const { code, stderr } = await cli(['init', 'hello', '--sdk', sdk], { cwd });
    expect(stderr).toBe(`ari-codegen: ${sdk} is not there: neither an archive nor a folder\n`);
    expect({ code, names: readdirSync(cwd) }).toEqual({ code: 1, names: [] });
  });

  test('what it makes shows a call without an Asterisk, and passes its test', async () => {
    const run = (...args: string[]) =>
      execute(process.execPath, ['--import', import.meta.resolve('tsx'), ...args], {
        cwd: resolve('codegen/template'),
        env: { ...process.env, ARI_URL: '' },
      });
    const { stdout } = await run('src/main.ts');
    // Told in the order in which it happens: what is heard, what is pressed, what comes of it.
    expect(stdout).toMatch(
      /PlaybackStarted\nThe caller hears sound:hello-world and presses 1\.\n {2}ChannelDtmfReceived\n[^]*hears sound:digits\/1 and presses #\.\n[^]*StasisEnd\nThe call is over\.\n$/,
    );
    expect((await run('--test', 'test/hello.test.ts')).stdout).toMatch(/pass 1\n[^]*fail 0\n/);
  });
});
