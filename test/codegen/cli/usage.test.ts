import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run } from '../../../codegen/cli/run.js';
import { cli } from '../support/cli.js';
import { fakeServer, PASSWORD, USERNAME } from '../support/fake-server.js';
import { tempFolder } from '../support/folder.js';

/** Runs the program within this process: its parts are the same, and it is quick. */
async function runHere(args: readonly string[], interactive = false, env: Record<string, string> = {}) {
  let [stdout, stderr] = ['', ''];
  const code = await run(args, {
    env,
    interactive,
    out: (text) => (stdout += text),
    error: (text) => (stderr += text),
  });
  return { code, stdout, stderr };
}

describe('calling ari-codegen wrongly is told, with exit code 2', () => {
  test.each([
    [[], 'which Asterisk? Give one of --asterisk-version VERSION, --api-docs DIR or --url URL'],
    [['--asterisk-version', '22', '--api-docs', 'x'], 'only one source can be used: --asterisk-version VERSION, '],
    [['--api-docs', 'x', '--url', 'http://x'], 'only one source can be used'],
    [['--asterisk-version', '22', '--password', 'x'], '--password goes with --url'],
    [['--asterisk-version', '22', '--release', '22.1.0'], '--release goes with --api-docs or --url'],
    [['--url', 'http://x', '--timeout', 'soon'], 'A number of seconds up to 3600 is needed.'],
    [['--asterisk-version', '22', '--out', ''], '--out needs the name of a folder'],
    [['--asterisk-version', '22', '--out', ' ', '--check'], '--out needs the name of a folder'],
    [['--asterisk-version', '22', '--out', '--check'], '--out needs the name of a folder, not --check'],
    [['--asterisk-version', '22', '--import-extension', '.mts'], 'Allowed choices are .js, .ts.'],
    [
      ['--url', 'http://x'],
      'http://x: no username was given (--username or ARI_USERNAME), no password was given (ARI_P',
    ],
    [
      ['--url', 'http://x/pbx/', '--username', 'ari'],
      'ari-codegen: http://x/pbx: no password was given (ARI_PASSWORD, or --password)\n',
    ],
    [['--url', 'http://ari@x'], 'ari-codegen: http://x: no password was given'],
    [['--url', 'pbx:8088'], '--url: the URL of the server is not one (allowed: http://HOST:8088, https://HOST/PREFIX)'],
    [['--url', 'http://x?api_key=a:b'], '--url: the URL of the server has a query or a fragment'],
    [['init', 'hello', '--sdk', ' '], '--sdk needs an archive of asterisk-ari, or a version of it'],
    [['--ulr', 'http://x'], "unknown option '--ulr'"],
    [['22'], 'too many arguments'],
    [['diff', '20'], "missing required argument 'to'"],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await runHere(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('ari-codegen', { timeout: 60_000 }, () => {
  test('--version prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('codegen/package.json', 'utf8')) as { readonly version: string };
    expect(await cli(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect(await runHere(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('--help names every option, the exit codes and how a release is found', async () => {
    const { code, stdout, stderr } = await cli(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of [
      '--asterisk-version',
      '--api-docs',
      '--url',
      '--check',
      '--list',
      'ARI_PASSWORD',
      '--import-extension',
      'underscore',
      'Exit codes',
      'diff',
    ]) {
      expect(stdout).toContain(word);
    }
  });

  test('--version tells the version', async () => {
    const { version } = JSON.parse(readFileSync('codegen/package.json', 'utf8')) as { version: string };
    expect(await cli(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('--list lists the bundled branches', async () => {
    const text = '16  16.30.1\n18  18.26.4\n20  20.20.1\n21  21.12.3\n22  22.10.1\n23  23.4.1\n';
    expect(await cli(['--list'])).toEqual({ code: 0, stdout: text, stderr: '' });
    expect(JSON.parse((await runHere(['--list', '--json'])).stdout)).toContainEqual({ major: 22, release: '22.10.1' });
  });

  test('diff prints the differences as text or as JSON', async () => {
    const text = await cli(['diff', '20', '22']);
    expect(text).toEqual({
      code: 0,
      stdout: 'Asterisk 20.20.1 → 22.10.1\n\nevents\n  + ChannelToneDetected\n',
      stderr: '',
    });
    expect(JSON.parse((await runHere(['diff', '20', '22', '--json'])).stdout)).toEqual({
      from: '20.20.1',
      to: '22.10.1',
      differences: [{ kind: 'event', change: 'added', name: 'ChannelToneDetected' }],
    });
  });

  test('diff of what is not there fails', async () => {
    const folder = tempFolder();
    expect(await runHere(['diff', '20', `${folder}/none`])).toMatchObject({ code: 1, stdout: '' });
    expect(await runHere(['diff', '19', '20'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not bundled'),
    });
  });

  test('shows how far it is to a person at a terminal, on one line that is wiped', async () => {
    const { url } = await fakeServer();
    const args = ['--url', url, '--username', USERNAME, '--out', `${tempFolder()}/out`];
    const env = { ARI_PASSWORD: PASSWORD };
    const { stderr } = await runHere(args, true, env);
    const progress = stderr.split('warning: ')[0] ?? '';
    expect(progress).toContain('\r\x1b[K2/4 channels.json …');
    expect(progress).not.toContain('\n');
    expect(progress.endsWith('\r\x1b[K')).toBe(true);

    for (const [more, interactive] of [
      [['--quiet'], true],
      [['--json'], true],
      [[], false],
    ] as const) {
      expect((await runHere([...args, ...more], interactive, env)).stderr).not.toContain('\x1b');
    }
  });
});
