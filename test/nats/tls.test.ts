import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credsAuthenticator } from '@nats-io/transport-node';
import { AriClient, AriConnectionError } from 'asterisk-ari';
import { connectPx } from 'asterisk-ari/nats';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeAuthority, type Authority } from '../faults/support/certificates.js';
import { TlsFront } from '../faults/support/tls-front.js';
import { Eavesdropper } from './support/eavesdropper.js';
import { House } from './support/house.js';
import { Operator } from './support/operator.js';
import { run } from './support/program.js';

let authority: Authority;

beforeAll(() => {
  // The library checks the name of a server; of one that is named by its address it takes it for localhost.
  authority = makeAuthority('DNS:localhost,IP:127.0.0.1');
});

/** The certificates as files, which are gone with the house. */
function files(house?: House): Record<'ca' | 'cert' | 'key' | 'clientCert' | 'clientKey', string> {
  const folder = mkdtempSync(join(tmpdir(), 'ari-nats-tls-'));
  house?.ends(async () => rmSync(folder, { recursive: true }));
  const { ca, server, client } = authority;
  const file = (name: string, content: Buffer): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  return {
    ca: file('ca.pem', ca),
    cert: file('server.pem', server.cert),
    key: file('server.key', server.key),
    clientCert: file('client.pem', client.cert),
    clientKey: file('client.key', client.key),
  };
}

/** A NATS server that speaks TLS, and asks for a certificate of its clients if it is strict. */
async function tlsHouse(strict: boolean, users = ''): Promise<{ house: House; on: ReturnType<typeof files> }> {
  const on = files();
  const tls = `tls { cert_file: "${on.cert}", key_file: "${on.key}", ca_file: "${on.ca}", verify: ${strict} }`;
  return { house: await House.open(`${tls}\n${users}`), on };
}

describe('TLS to NATS', () => {
  it('carries a call, with the authority, a certificate to show and a password', async () => {
    const { house, on } = await tlsHouse(true, 'authorization { user: u, password: "nats-secret" }');
    await using _house = house;
    const nats = {
      user: 'u',
      pass: 'nats-secret',
      tls: { caFile: on.ca, certFile: on.clientCert, keyFile: on.clientKey },
    };
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk, { nats });
    const fleet = await house.worker({ nats });
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    await asterisk.call({ to: 'stasis-ivr' }).answered();
    expect(fleet.calls).toBe(1);
  });

  it('is refused to who cannot verify the server, shows no certificate, or has a wrong password, without a secret', async () => {
    const { house, on } = await tlsHouse(true, 'authorization { user: u, password: "nats-secret" }');
    await using _house = house;
    const good = { caFile: on.ca, certFile: on.clientCert, keyFile: on.clientKey };
    const refused = (nats: object) => house.worker({ nats: { reconnect: false, timeout: 2_000, ...nats } });
    const right = { user: 'u', pass: 'nats-secret' };
    await expect(refused({ ...right, tls: {} })).rejects.toThrow(AriConnectionError);
    const none = refused({ ...right, tls: { caFile: on.ca } });
    await expect(none).rejects.toThrow(/: [^]+; it may ask for a certificate, and is shown none$/);
    const wrong = await refused({ user: 'u', pass: 'not-this', tls: good }).catch((error: unknown) => error);
    expect(String(wrong)).toMatch(/no NATS server takes the connection to nats:.*authorization/i);
    expect(String(wrong)).not.toContain('not-this');
  });

  it('by the program, from files; a file that is not there, or a certificate without its key, ends it with 2', async () => {
    const { house, on } = await tlsHouse(true);
    await using _house = house;
    const asterisk = await house.asterisk('a');
    const args = ['--url', asterisk.url, '--username', 'ari', '--apps', 'ivr', '--nats', house.nats.url];
    const env = { ARI_PASSWORD: 'ari-secret' };
    const running = run(
      'relay',
      [...args, '--nats-ca', on.ca, '--nats-cert', on.clientCert, '--nats-key', on.clientKey],
      env,
    );
    house.ends(async () => void running.child.kill('SIGKILL'));
    await running.said('is up');
    const missing = run('relay', [...args, '--nats-ca', join(tmpdir(), 'no-such.pem')], env);
    expect([await missing.ended, missing.lines.join('\n')]).toEqual([2, expect.stringContaining('natsCa: ENOENT')]);
    const said = async (...more: string[]) => {
      const { ended, lines } = run('relay', [...args, ...more], env);
      return [await ended, lines.join('\n')];
    };
    expect(await said('--nats-ca', on.key)).toEqual([
      2,
      expect.stringContaining(`--nats-ca: ${on.key} holds no certificate that can be read`),
    ]);
    expect(await said('--nats-cert', on.clientKey, '--nats-key', on.clientCert)).toEqual([
      2,
      expect.stringContaining(`--nats-cert: ${on.clientKey} holds no certificate that can be read`),
    ]);
    expect(await said('--nats-cert', on.clientCert, '--nats-key', on.clientCert)).toEqual([
      2,
      expect.stringContaining(`--nats-key: ${on.clientCert} holds no private key that can be read`),
    ]);
    expect(await said('--nats-cert', on.clientCert, '--nats-key', on.key)).toEqual([
      2,
      expect.stringContaining('--nats-cert and --nats-key do not fit'),
    ]);
    const alone = run('relay', [...args, '--nats-cert', on.clientCert], env);
    expect([await alone.ended, alone.lines.join('\n')]).toEqual([
      2,
      expect.stringContaining('--nats-cert is given without --nats-key: they go together'),
    ]);
  });
});

describe('an address that begins with tls://', () => {
  const nats = { user: 'u', pass: 'nats-secret' };
  const noTls = /no NATS server takes the connection to tls:.*does not support 'tls'/;

  it.each([
    ['one', (url: string) => `tls://${url}`],
    ['in other letters', (url: string) => `TLS://${url}`],
    ['beside one that asks for nothing', (url: string) => [`tls://${url}`, `nats://${url}`]],
  ])('sends nothing to a server without TLS: %s', async (_, address) => {
    await using house = await House.open();
    await using server = await Eavesdropper.start();
    const servers = address(`localhost:${server.port}`);
    const asterisk = await house.asterisk('a');
    await expect(house.worker({ servers, nats })).rejects.toThrow(/no NATS server takes the connection to tls:/i);
    await expect(house.relay(asterisk, { servers, nats })).rejects.toThrow(/does not support 'tls'/);
    const px = connectPx({ client: AriClient, app: 'ivr', servers, nats });
    await expect(px).rejects.toThrow(AriConnectionError);
    expect(server.visits).toBeGreaterThanOrEqual(3);
    expect(server.heard).toBe('');
  });

  it('has the program end with 1, and say why', async () => {
    await using house = await House.open();
    await using server = await Eavesdropper.start();
    const { url } = await house.asterisk('a');
    const args = ['--url', url, '--username', 'ari', '--apps', 'ivr', '--nats', `tls://localhost:${server.port}`];
    const env = { ARI_PASSWORD: 'ari-secret', NATS_USER: 'u', NATS_PASSWORD: 'nats-secret' };
    const refused = run('relay', args, env);
    expect([await refused.ended, refused.lines.join('\n')]).toEqual([1, expect.stringMatching(noTls)]);
    expect([server.visits, server.heard]).toEqual([1, '']);
  });

  it('connects to a server with TLS, whether more is said of it or not; TLS that is ruled out contradicts it', async () => {
    const { house, on } = await tlsHouse(false);
    await using _house = house;
    const servers = house.nats.url.replace('nats://127.0.0.1', 'tls://localhost');
    const fleet = await house.worker({ servers, nats: { tls: { caFile: on.ca } } });
    expect(fleet.calls).toBe(0);
    await expect(house.worker({ servers })).rejects.toThrow(/certificate/);
    await expect(house.worker({ servers, nats: { tls: null } })).rejects.toThrow(/option 'nats.tls' must not be null/);
  });
});

describe('TLS to Asterisk', () => {
  it('by the program: with the authority and a certificate to show, refused without', async () => {
    await using house = await House.open();
    const on = files(house);
    const asterisk = await house.asterisk('a');
    const { ca, server } = authority;
    const front = await TlsFront.start(asterisk.url, { ...server, ca, requestCert: true, rejectUnauthorized: true });
    house.ends(() => front[Symbol.asyncDispose]());
    const args = ['--url', front.url, '--username', 'ari', '--apps', 'ivr', '--nats', house.nats.url];
    const env = { ARI_PASSWORD: 'ari-secret', ARI_CA: on.ca };
    const running = run('relay', [...args, '--cert', on.clientCert, '--key', on.clientKey], env);
    house.ends(async () => void running.child.kill('SIGKILL'));
    await running.said('is up');
    const fleet = await house.worker();
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    await asterisk.call({ to: 'stasis-ivr' }).answered();
    expect(new Set(front.peers)).toEqual(new Set(['client']));

    const unverified = run('relay', args, { ARI_PASSWORD: 'ari-secret' });
    expect(await unverified.ended).toBe(1);
    expect(unverified.lines.join('\n')).toMatch(/CERT/);
    expect(unverified.lines.join('\n')).not.toContain('ari-secret');
  });
});

describe('credentials of NATS', () => {
  it.each([
    ['a token', 'authorization { token: "nats-token" }', { NATS_TOKEN: 'nats-token' }, { NATS_TOKEN: 'wrong-token' }],
    [
      'user and password',
      'authorization { user: u, password: "nats-secret" }',
      { NATS_USER: 'u', NATS_PASSWORD: 'nats-secret' },
      { NATS_USER: 'u', NATS_PASSWORD: 'wrong-secret' },
    ],
  ])(
    '%s: taken from the environment; wrong ones end the program with 1, and are not told',
    async (_, config, right, wrong) => {
      await using house = await House.open(config);
      const asterisk = await house.asterisk('a');
      const args = ['--url', asterisk.url, '--username', 'ari', '--apps', 'ivr', '--nats', house.nats.url];
      const env = { ARI_PASSWORD: 'ari-secret' };
      const running = run('relay', args, { ...env, ...right });
      house.ends(async () => void running.child.kill('SIGKILL'));
      await running.said('is up');
      const refused = run('relay', args, { ...env, ...wrong });
      expect(await refused.ended).toBe(1);
      expect(refused.lines.join('\n')).toMatch(/authorization/i);
      expect([...running.lines, ...refused.lines].join('\n')).not.toMatch(/nats-secret|nats-token|wrong-/);
    },
  );

  it('a file of credentials: a relay and a worker carry a call; what has run out or is none is refused, and not told', async () => {
    const operator = new Operator();
    await using house = await House.open(operator.config);
    const asterisk = await house.asterisk('a');
    const folder = mkdtempSync(join(tmpdir(), 'ari-nats-creds-'));
    house.ends(async () => rmSync(folder, { recursive: true }));
    const file = (name: string, content: string): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const args = ['--url', asterisk.url, '--username', 'ari', '--apps', 'ivr', '--nats', house.nats.url];
    const relay = (creds: string) =>
      run('relay', [...args, '--nats-credentials', creds], { ARI_PASSWORD: 'ari-secret' });
    const path = file('relay.creds', operator.credentials());
    const running = relay(path);
    house.ends(async () => void running.child.kill('SIGKILL'));
    await running.said('is up');
    const worker = operator.credentials();
    const nats = { authenticator: credsAuthenticator(Buffer.from(worker)) };
    const fleet = await house.worker({ nats });
    let answered = 0;
    fleet.on('StasisStart', async ({ channel }) => {
      await channel.answer();
      answered += 1;
    });
    asterisk.call({ to: 'stasis-ivr' });
    await expect.poll(() => answered).toBe(1);

    // Renewed while the server is away, the new ones are shown when it is back.
    await house.nats.kill();
    writeFileSync(path, operator.credentials());
    await house.nats.resume();
    asterisk.call({ to: 'stasis-ivr', from: '200' });
    await expect.poll(() => answered).toBe(2);

    // What is no file of credentials just then is told, and those before are shown.
    for (const [content, why] of [
      ['', 'relay.creds is empty'],
      ['hunter-secret', 'relay.creds holds no credentials of NATS'],
    ] as const) {
      writeFileSync(path, content);
      await house.nats.kill();
      await house.nats.resume();
      await running.said(`natsCredentials: ${folder}/${why}`);
      const before = answered;
      await expect.poll(() => running.child.exitCode).toBe(null);
      asterisk.call({ to: 'stasis-ivr', from: `30${before}` });
      await expect.poll(() => answered).toBe(before + 1);
    }

    const [expired, strange, none] = [
      relay(file('expired.creds', operator.credentials(-5))),
      relay(file('strange.creds', new Operator().credentials())),
      relay(file('none.creds', 'seed-secret')),
    ];
    expect(await Promise.all([expired.ended, strange.ended, none.ended])).toEqual([1, 1, 2]);
    for (const { lines } of [expired, strange])
      expect(lines.join('\n')).toMatch(/takes the connection to .*authorization/i);
    expect(none.lines.join('\n')).toContain('none.creds holds no credentials of NATS');
    const said = [running, expired, strange, none].flatMap(({ lines }) => lines).join('\n');
    expect(said).not.toMatch(/\bSU[A-Z2-7]{20}|eyJ|secret/);
    const stranger = house.worker({ nats: { reconnect: false } });
    await expect(stranger).rejects.toThrow(/takes the connection to nats:.*authorization/i);
  });
});
