import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connect } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Program, refusal } from './support/program.js';
import type { ObjectsNow } from '../../explorer/shared/objects.js';
import { Visitor } from './support/visitor.js';

let asterisk: TestAsterisk;

beforeAll(async () => {
  asterisk = await startAsterisk();
});

afterAll(() => asterisk.close());

describe('ari-explorer', () => {
  it('shows a call within ten seconds with --demo, and ends cleanly when it is told to', async () => {
    const began = Date.now();
    await using demo = new Program(['--demo', '--port', '0']);
    const visitor = await Visitor.letIn(await demo.address());
    await expect
      .poll(async () => (await visitor.post('/api/save', { format: 'text', selection: {} })).body)
      .toMatch(/StasisStart[^]*answer[^]*PlaybackStarted/);
    expect(Date.now() - began).toBeLessThan(10_000);
    // In the middle of a call: nothing that a flow waits for keeps the program.
    const told = Date.now();
    expect(await demo.stop('SIGINT')).toBe(0);
    expect(Date.now() - told).toBeLessThan(2_000);
    expect(demo.stderr).toEqual([]);
  });

  it('ends on SIGTERM as well, with a page that is open', async () => {
    await using program = Program.on(asterisk);
    const visitor = await Visitor.letIn(await program.address());
    const socket = await visitor.live();
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    socket.on('error', () => undefined);
    expect(await program.stop('SIGTERM')).toBe(0);
    expect(program.stderr).toEqual([]);
    expect(program.stdout.at(-1)).toBe('Ended by SIGTERM.');
  });

  it('goes on when nobody reads what it prints', async () => {
    await using program = new Program(['--demo', '--port', '0']);
    const address = await program.address();
    program.child.stdout?.destroy();
    // Another address is printed for each browser that is let in.
    const visitor = await Visitor.letIn(address);
    expect((await visitor.ask('/')).status).toBe(200);
    expect(await program.stop()).toBe(0);
    expect(program.stderr).toEqual([]);
  });

  it('hears everything as an application of its own', async () => {
    await using program = Program.on(asterisk);
    const visitor = await Visitor.letIn(await program.address());
    const { applications } = JSON.parse((await visitor.ask('/api/objects')).body) as {
      applications: readonly { name: string; channel_ids: readonly string[] }[];
    };
    expect(applications).toContainEqual(
      expect.objectContaining({
        name: expect.stringMatching(/^ari-explorer-[0-9a-f]{6}$/) as string,
        channel_ids: ['__AST_CHANNEL_ALL_TOPIC'],
      }),
    );
  });

  it('leaves an application to whoever is connected for it, unless it is told not to', async () => {
    await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
    await client.start('sales');
    const args = ['--url', asterisk.url, '--username', asterisk.username, '--port', '0', '--apps', 'support,sales'];
    const env = { ARI_PASSWORD: asterisk.password };
    const [code, lines] = await refusal(args, env);
    expect([code, lines]).toEqual([1, [expect.stringMatching(/^ari-explorer: sales: .*--take-over/)]]);
    expect(client.state).toBe('open');
    await using program = new Program([...args, '--take-over'], env);
    const visitor = await Visitor.letIn(await program.address());
    expect(client.state).toBe('replaced');
    // It hears everything then, too.
    const { applications } = JSON.parse((await visitor.ask('/api/objects')).body) as ObjectsNow;
    expect(applications).toContainEqual(
      expect.objectContaining({ name: 'sales', channel_ids: ['__AST_CHANNEL_ALL_TOPIC'] }),
    );
  });

  it('ends with 1 when somebody else takes its application over', async () => {
    await using program = Program.on(asterisk, '--apps', 'mine');
    await program.address();
    await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
    await client.start('mine');
    expect(await program.ended).toBe(1);
    expect(program.stderr).toEqual([expect.stringContaining('taken over')]);
  });

  it('comes back by itself after Asterisk was away', async () => {
    await using program = Program.on(asterisk);
    const visitor = await Visitor.letIn(await program.address());
    asterisk.faults.dropSocket();
    await expect
      .poll(async () => (await visitor.post('/api/save', { format: 'jsonl', selection: {} })).body)
      .toContain('"kind":"gap"');
  });

  it('takes its password from a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'explorer-'));
    const file = join(folder, 'password');
    writeFileSync(file, `${asterisk.password}\n`);
    const args = ['--url', asterisk.url, '--username', asterisk.username, '--password-file', file, '--port', '0'];
    await using program = new Program(args);
    await program.address();
    rmSync(folder, { recursive: true });
  });

  it('knows what it is', async () => {
    await using program = new Program(['--version']);
    expect([await program.ended, program.stdout]).toEqual([0, ['0.1.0']]);
  });
});

describe('what it is told wrongly is one clear line', () => {
  const url = 'http://127.0.0.1:1';
  const manifest = resolve('package.json');

  it.each<readonly [args: readonly string[], env: Record<string, string>, said: RegExp]>([
    [[], {}, /which Asterisk\? Give --url .* or --demo/],
    [['--url', url], {}, /username is missing: --username, or ARI_USERNAME/],
    [['--url', url, '--username', 'a'], {}, /password is missing: ARI_PASSWORD, --password-file/],
    [['--url', url, '--username', 'a', '--password-file', '/no/such'], {}, /--password-file: ENOENT/],
    [['--url', 'pbx', '--username', 'a'], { ARI_PASSWORD: 'p' }, /--url must be that of an HTTP server/],
    // Without a password: it is not asked for in vain.
    [['--url', 'ftp://pbx', '--username', 'a'], {}, /--url must begin with http: or https:/],
    [['--url', 'http://a:p@pbx', '--username', 'a'], {}, /--url must not hold credentials/],
    [['--url', url, '--username', 'a:b'], {}, /username/],
    [
      ['--demo', '--tls-cert', manifest, '--tls-key', manifest],
      {},
      /--tls-cert .*package\.json is no certificate in PEM/,
    ],
    [['--demo', '--host', '192.0.2.1', '--insecure', '--port', '0'], {}, /--host 192\.0\.2\.1 is no address of this/],
    [['--demo', '--host', 'nowhere.invalid', '--insecure'], {}, /--host nowhere\.invalid is no address of this/],
    [['--demo', '--url', url], {}, /--url does not go with --demo/],
    [['--demo', '--password-file', 'x'], {}, /--password-file does not go with --demo/],
    [['--demo', '--port', 'x'], {}, /--port must be a whole number from 0 to 65535, not x/],
    [['--demo', '--keep', '1'], {}, /--keep must be a whole number from 100 to 1000000, not 1/],
    [['--demo', '--host', '0.0.0.0'], {}, /--host 0\.0\.0\.0 lets others reach .*--tls-cert.*--insecure/],
    [['--demo', '--host', '::'], {}, /lets others reach/],
    [['--demo', '--tls-cert', 'x'], {}, /--tls-cert and --tls-key go together/],
    [['--demo', '--password', 'x'], {}, /unknown option '--password'/],
    ...['', '*', 'http://pbx', 'pbx:65536', 'pbx,,a', '::1'].map(
      (host) => [['--demo', '--allow-host', host], {}, /--allow-host must be NAME or NAME:PORT .*, not '/] as const,
    ),
    [['--url', url, '--username', 'a'], { ARI_PASSWORD: '' }, /: ARI_PASSWORD is empty$/],
    [['--url', url, '--username', 'a', '--password-file', '/dev/null'], {}, /--password-file \/dev\/null is empty/],
    [['--demo', 'extra'], {}, /too many arguments/],
  ])('%j', async (args, env, said) => {
    const [code, lines] = await refusal(args, env);
    expect([code, lines]).toEqual([2, [expect.stringMatching(said)]]);
  });

  it('also where Asterisk does not answer, does not let it in, or the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const env = { ARI_PASSWORD: 'not-the-password', ARI_USERNAME: asterisk.username };
    const [nobody, stranger, taken] = await Promise.all([
      refusal(['--url', url, '--port', '0'], env),
      refusal(['--url', asterisk.url, '--port', '0'], env),
      refusal(['--url', asterisk.url, '--port', String(port)], { ...env, ARI_PASSWORD: asterisk.password }),
    ]);
    server.close();
    expect(nobody).toEqual([1, [expect.stringContaining('127.0.0.1:1')]]);
    expect(stranger).toEqual([1, [expect.stringMatching(/user name or the password|401/)]]);
    expect(taken).toEqual([1, [expect.stringMatching(/port \d+ .*--port/)]]);
    expect(JSON.stringify([nobody, stranger, taken])).not.toContain('not-the-password');
  });

  it('is allowed without TLS where it says that it knows', async () => {
    await using program = new Program(['--demo', '--host', '0.0.0.0', '--insecure', '--port', '0']);
    expect(await program.address()).toMatch(/^http:\/\/localhost:/);
  });
});
