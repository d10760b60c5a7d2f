import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Conversation } from './support/conversation.js';
import { freePort } from '../../scripts/free-port.js';
import { House } from './support/house.js';
import { programs, run } from './support/program.js';

async function refusal(args: readonly string[], env: Record<string, string> = {}): Promise<[number | null, string]> {
  const { ended, lines } = run('relay', args, env);
  return [await ended, lines.join('\n')];
}

describe('ari-relay', () => {
  it('passes on until it is told to end, tells its health, and ends with its last call', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const env = { ARI_URL: asterisk.url, ARI_USERNAME: 'ari', ARI_PASSWORD: 'ari-secret', NATS_URL: house.nats.url };
    const port = await freePort();
    const running = run('relay', ['--apps', 'ivr', '--health-port', String(port), '--log-level', 'debug'], env);
    house.ends(async () => void running.child.kill('SIGKILL'));
    await running.said('relay for a (ivr) is up');
    const health = () => fetch(`http://127.0.0.1:${port}/health`);
    const answer = await health();
    expect([answer.status, await answer.json()]).toEqual([
      200,
      expect.objectContaining({ node: 'a', state: 'up', connected: true, calls: 0, release: '22.10.1' }),
    ]);
    expect((await fetch(`http://127.0.0.1:${port}/other`)).status).toBe(404);
    const fleet = await house.worker();
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await phone.answered();
    running.child.kill('SIGTERM');
    await expect.poll(async () => (await health()).status).toBe(503);
    await running.said('SIGTERM: draining for 30000 ms at most, 1 call is left');
    phone.hangup();
    expect(await running.ended).toBe(0);
    await running.said('drained: the last call is over');
    expect(running.lines.join('\n')).not.toContain('ari-secret');
    for (const line of running.lines) expect(JSON.parse(line)).toHaveProperty('message');
  });

  it('is an ari-proxy besides if it is told to be', async () => {
    await using house = await House.open();
    const { url } = await house.asterisk('a');
    const args = ['--url', url, '--username', 'ari', '--apps', 'ivr', '--nats', house.nats.url, '--px'];
    const running = run('relay', args, { ARI_PASSWORD: 'ari-secret' });
    house.ends(async () => void running.child.kill('SIGKILL'));
    await running.said('is up');
    const go = await Conversation.in(house);
    expect(await go.ask('ari.get.ivr.a', '{"kind":"BridgeList","key":null}')).toEqual({ error: '', keys: [] });
  });

  it('ends with 3 when another relay takes its place, with 1 when Asterisk does not let it in, or its port is taken', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const args = ['--url', asterisk.url, '--username', 'ari', '--apps', 'ivr', '--nats', house.nats.url];
    const running = run('relay', args, { ARI_PASSWORD: 'ari-secret' });
    await running.said('is up');
    await house.relay(asterisk);
    expect(await running.ended).toBe(3);
    const [code, text] = await refusal(args, { ARI_PASSWORD: 'wrong' });
    expect([code, text]).toEqual([1, expect.stringContaining('401')]);
    expect(text).not.toContain('wrong');
    const taken = [...args, '--health-port', String(house.nats.port)];
    const next = await house.relay(asterisk);
    const refused = await refusal(taken, { ARI_PASSWORD: 'ari-secret' });
    expect(refused).toEqual([1, expect.stringContaining(`--health-port ${house.nats.port}, --health-host 127.0.0.1`)]);
    expect(refused[1]).toContain('EADDRINUSE');
    expect(next.status.state).toBe('up');
  });

  it('takes its options from a file, secrets from files of their own; what is wrong is named, and ends it with 2', async () => {
    await using house = await House.open();
    const folder = mkdtempSync(join(tmpdir(), 'ari-relay-'));
    house.ends(async () => rmSync(folder, { recursive: true }));
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const asterisk = await house.asterisk('a');
    const config = { url: asterisk.url, username: 'ari', apps: 'ivr', nats: house.nats.url, unclaimed: 'leave' };
    const passwordFile = file('password', 'ari-secret\n');
    const running = run('relay', ['--config', file('relay.json', JSON.stringify({ ...config, passwordFile }))]);
    await running.said('is up');
    running.child.kill('SIGINT');
    expect(await running.ended).toBe(0);

    const [code, missing] = await refusal(['--apps', 'ivr']);
    expect(code).toBe(2);
    for (const words of [
      'url: --url or ARI_URL',
      'username: --username',
      'password: --password',
      'nats: --nats or NATS_URL',
    ])
      expect(missing).toContain(words);
    expect(missing).not.toContain('--apps');
    const base = ['--config', file('good.json', JSON.stringify({ ...config, passwordFile }))];
    expect(await refusal([...base, '--unclaimed', 'x'])).toEqual([
      2,
      expect.stringContaining('--unclaimed must be hangup or continue or leave'),
    ]);
    expect(await refusal([...base, '--health-port', 'x'])).toEqual([
      2,
      expect.stringContaining('--health-port must be'),
    ]);
    expect(await refusal([...base, '--nonsense'])).toEqual([2, expect.stringContaining("unknown option '--nonsense'")]);
    const mistyped = [["--passwrd=hunter2=hunter'2"], ['--px=hunter2'], ['-phunter2']];
    for (const args of mistyped) {
      const [ended, text] = await refusal([...base, ...args]);
      expect([ended, text]).toEqual([2, expect.stringMatching(/^error: unknown option '--?\w+'/)]);
      expect(text).not.toContain('hunter');
    }
    const marked = `\uFEFF${JSON.stringify({ ...config, passwordFile, healthPort: 'marked' })}`;
    expect(await refusal(['--config', file('marked.json', marked)])).toEqual([
      2,
      expect.stringContaining("'healthPort' in --config must be a whole number from 0 to 65535, not marked"),
    ]);
    expect(await refusal([...base, '--offer-timeout', '20'])).toEqual([
      2,
      expect.stringContaining('--offer-timeout must be at most the 10000 ms that a call is offered'),
    ]);
    expect(await refusal(['--config', file('bad.json', '{"x":1}')])).toEqual([
      2,
      expect.stringContaining("'x' does not exist"),
    ]);
    expect(await refusal(['--config', join(folder, 'none')])).toEqual([2, expect.stringContaining('ENOENT')]);
    const [, broken] = await refusal(['--config', file('broken.json', `{"password":'hunter2hunter'}`)]);
    expect(broken).toContain('broken.json is not JSON');
    expect(broken).not.toContain('hunt');
  });

  it('is not well while NATS, Asterisk or both are away, and is again when they are back', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const port = await freePort();
    const args = ['--url', asterisk.url, '--username', 'ari', '--apps', 'ivr', '--nats', house.nats.url];
    const running = run('relay', [...args, '--health-port', String(port)], { ARI_PASSWORD: 'ari-secret' });
    house.ends(async () => void running.child.kill('SIGKILL'));
    await running.said('is up');
    const health = async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/health`);
      const { state, connected } = (await answer.json()) as { state: string; connected: boolean };
      return [answer.status, state, connected];
    };
    const isWell = () => expect.poll(health).toEqual([200, 'up', true]);
    await isWell();
    await house.nats.kill();
    await expect.poll(health).toEqual([503, 'up', false]);
    await asterisk.faults.refuse();
    await expect.poll(health).toEqual([503, 'down', false]);
    await house.nats.resume();
    await expect.poll(health).toEqual([503, 'down', true]);
    await asterisk.faults.accept();
    await isWell();
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
  });

  it('says how many calls it leaves behind', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const args = ['--url', asterisk.url, '--username', 'ari', '--apps', 'ivr', '--nats', house.nats.url];
    const running = run('relay', [...args, '--drain', '0.1'], { ARI_PASSWORD: 'ari-secret' });
    await running.said('is up');
    const fleet = await house.worker();
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    const phones = ['100', '200'].map((from) => asterisk.call({ to: 'stasis-ivr', from }));
    await Promise.all(phones.map((phone) => phone.answered()));
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    await running.said('drained: 2 calls are left, in Asterisk still');
  });

  it('ends at once with --drain 0, and the next one has its calls', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const args = [
      '--url',
      asterisk.url,
      '--username',
      'ari',
      '--apps',
      'ivr',
      '--nats',
      house.nats.url,
      '--drain',
      '0',
    ];
    const running = run('relay', args, { ARI_PASSWORD: 'ari-secret' });
    await running.said('is up');
    const fleet = await house.worker();
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    await asterisk.call({ to: 'stasis-ivr' }).answered();
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    const next = await house.relay(asterisk);
    await expect.poll(() => [next.status.calls, fleet.calls, fleet.node('a').isUp]).toEqual([1, 1, true]);
  });

  it('refuses a variable of its own that there is not, but none of other programs, and lists all of them', async () => {
    const env = { ARI_RELAY_HEALTHPORT: '1', ARI_RELAY_SERVICE_HOST: 'x', ARI_RELAY_PORT_80_TCP: 'x', ARI_APP: 'x' };
    const [code, text] = await refusal([], env);
    expect(code).toBe(2);
    expect(text).toContain('ARI_RELAY_HEALTHPORT in the environment does not exist; allowed are ARI_RELAY_PLACE');
    const help = execFileSync(process.execPath, [programs.relay, '--help'], { encoding: 'utf8' });
    for (const name of ['ARI_URL', 'ARI_PASSWORD', 'NATS_CREDENTIALS', 'ARI_RELAY_HEALTH_PORT']) {
      expect(help).toContain(`[${name}]`);
    }
  });

  it('tells where NATS was to be, and refuses credentials in the address without telling them', async () => {
    const port = await freePort();
    const args = ['--url', 'http://127.0.0.1:9', '--username', 'ari', '--apps', 'ivr', '--nats'];
    const [code, text] = await refusal([...args, `nats://127.0.0.1:${port}`], { ARI_PASSWORD: 'ari-secret' });
    expect([code, text]).toEqual([1, expect.stringContaining(`the connection to nats://127.0.0.1:${port}: `)]);
    const nats = `nats://me:nats-secret@127.0.0.1:${port}`;
    const [refused, words] = await refusal([...args, nats], { ARI_PASSWORD: 'ari-secret' });
    expect([refused, words]).toEqual([2, expect.stringContaining('--nats must not hold credentials: give them by --')]);
    expect(text + words).not.toMatch(/secret/);
  });

  it('names what is wrong with a value by the option that has it, and ends with 2', async () => {
    const args = ['--url', 'http://127.0.0.1:9', '--username', 'ari', '--apps', 'ivr', '--nats', 'nats://127.0.0.1:9'];
    const wrong = [
      [['--nats', 'nats://127.0.0.1:9,'], '--nats must be addresses of NATS servers with commas between them'],
      [['--nats', 'nats://'], '--nats has what is no address of a NATS server, such as nats://localhost:4222'],
      [['--nats', 'http://h:xx'], '--nats has what is no address of a NATS server'],
      [['--url', 'ftp://x'], '--url must begin with http: or https:, not ftp:'],
      [['--drain', ' '], '--drain must be seconds, at most 86400'],
      [['--worker-check', '0'], '--worker-check must be seconds, at least 0.05 and at most 86400, not 0'],
      [['--prefix', 'a b'], '--prefix must be words of letters, digits, _ and -'],
      [['--health-host', '::1'], '--health-host says nothing without --health-port'],
      [['--ca', 'none'], '--ca says nothing unless --url begins with https:'],
      [['--nats-user', 'u'], '--nats-user is given without --nats-password: they go together'],
      [['--nats-password', 'nats-secret'], '--nats-password is given without --nats-user: they go together'],
      [
        ['--nats-user', 'u', '--nats-password', 'x', '--nats-token', 't'],
        '--nats-user and --nats-token are given: NATS',
      ],
      [
        ['--nats-token', 't', '--nats-credentials', 'f'],
        '--nats-token and --nats-credentials are given: NATS is shown',
      ],
      [['--nats-cert', 'f'], '--nats-cert is given without --nats-key: they go together'],
      [['--drain', '0x10'], '--drain must be seconds, at most 86400, not 0x10'],
      [['--health-port', ' '], '--health-port must be a whole number from 0 to 65535'],
    ] as const;
    for (const [more, words] of wrong) {
      const refused = await refusal([...args, ...more], { ARI_PASSWORD: 'ari-secret' });
      expect(refused).toEqual([2, expect.stringContaining(words)]);
    }
  });

  it('says what is wrong before it takes an address or contacts anybody', async () => {
    await using house = await House.open();
    const taken = ['--health-port', String(house.nats.port)];
    const args = [
      '--url',
      'http://127.0.0.1:9',
      '--username',
      'ari',
      '--apps',
      'ivr',
      '--nats',
      house.nats.url,
      ...taken,
    ];
    for (const [more, words] of [
      [['--prefix', 'a b'], '--prefix must be'],
      [['--unclaimed', 'x'], '--unclaimed must be'],
      [['--px', '--apps', 'a b'], '--apps has'],
    ] as const) {
      expect(await refusal([...args, ...more], { ARI_PASSWORD: 'x' })).toEqual([2, expect.stringContaining(words)]);
    }
  });

  it('names what is wrong as it was given: by a flag, a variable, or in the file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ari-relay-'));
    const config = join(folder, 'config.json');
    const settings = { url: 'http://127.0.0.1:9', username: 'ari', apps: 'ivr', nats: 'nats://127.0.0.1:9' };
    writeFileSync(config, JSON.stringify({ ...settings, natsUser: 'u', workerCheck: 0, unclaimed: 'x' }));
    const refused = (env: Record<string, string>, ...args: string[]) =>
      refusal(['--config', config, ...args], { ARI_PASSWORD: 'ari-secret', ...env });
    const wrong = [
      [{}, [], "'natsUser' in --config is given without --nats-password"],
      [{ NATS_PASSWORD: 'p', NATS_TOKEN: 't' }, [], "'natsUser' in --config and NATS_TOKEN are given"],
      [
        { NATS_PASSWORD: 'p', ARI_RELAY_HEALTH_HOST: '::1' },
        ['--worker-check', '1'],
        'ARI_RELAY_HEALTH_HOST says nothing',
      ],
      [{ NATS_PASSWORD: 'p' }, [], "'workerCheck' in --config must be seconds, at least 0.05"],
      [{ NATS_PASSWORD: 'p', ARI_RELAY_WORKER_CHECK: '1' }, [], "'unclaimed' in --config must be hangup or continue"],
      [
        { NATS_PASSWORD: 'p', ARI_RELAY_WORKER_CHECK: '1', ARI_RELAY_UNCLAIMED: 'y' },
        [],
        'ARI_RELAY_UNCLAIMED must be',
      ],
    ] as const;
    for (const [env, args, words] of wrong) {
      expect(await refused(env, ...args)).toEqual([2, expect.stringContaining(words)]);
    }
    rmSync(folder, { recursive: true });
  });

  it('looks for the password and its file at the place that counts first', async () => {
    await using house = await House.open();
    const folder = mkdtempSync(join(tmpdir(), 'ari-relay-'));
    house.ends(async () => rmSync(folder, { recursive: true }));
    const [right, wrong, config] = ['right', 'wrong', 'config.json'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const asterisk = await house.asterisk('a');
    const settings = { url: asterisk.url, username: 'ari', apps: 'ivr', nats: house.nats.url, passwordFile: wrong };
    writeFileSync(right, 'ari-secret\n');
    writeFileSync(wrong, 'other\n');
    writeFileSync(config, JSON.stringify(settings));
    const isTaken = async (args: readonly string[], env: Record<string, string>): Promise<void> => {
      const running = run('relay', ['--config', config, ...args], env);
      house.ends(async () => void running.child.kill('SIGKILL'));
      await running.said('is up');
      running.child.kill('SIGTERM');
      expect(await running.ended).toBe(0);
    };
    await isTaken([], { ARI_PASSWORD: 'ari-secret' });
    await isTaken(['--password-file', right], { ARI_PASSWORD: 'other' });
    await isTaken(['--password', 'ari-secret'], { ARI_PASSWORD_FILE: wrong });
    const both = await refusal(['--config', config], { ARI_PASSWORD: 'ari-secret', ARI_PASSWORD_FILE: right });
    expect(both).toEqual([2, expect.stringContaining('password and passwordFile are both given')]);
  });

  it('ends at once where it is told to before it is up', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    asterisk.faults.next({ path: '/asterisk/info' }).hang();
    const args = ['--url', asterisk.url, '--username', 'ari', '--apps', 'ivr', '--nats', house.nats.url];
    const starting = run('relay', args, { ARI_PASSWORD: 'ari-secret' });
    house.ends(async () => void starting.child.kill('SIGKILL'));
    await asterisk.journal.waitForRequest({ path: '/asterisk/info' });
    const told = performance.now();
    starting.child.kill('SIGTERM');
    expect(await starting.ended).toBe(0);
    expect(performance.now() - told).toBeLessThan(2_000);
    await starting.said('SIGTERM before the relay was up: it ends');
  });

  it('is quiet where whoever reads its help has read enough', async () => {
    const child = spawn(process.execPath, [programs.relay, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const errors: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, errors.join('')]).toEqual([0, '']);
  });
});
