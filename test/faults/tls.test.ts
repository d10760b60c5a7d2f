import { Agent, type ClientRequestArgs } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { AriConnectionError, connect, type ConnectOptions } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeAuthority, type Authority } from './support/certificates.js';
import { TlsFront } from './support/tls-front.js';

let authority: Authority;
let asterisk: TestAsterisk;
let front: TlsFront;

beforeAll(() => {
  authority = makeAuthority();
});

beforeEach(async () => {
  asterisk = await startAsterisk();
  front = await TlsFront.start(asterisk.url, authority.server);
});

afterEach(async () => {
  await asterisk.close();
  await front[Symbol.asyncDispose]();
});

/** Uses both kinds of connections. */
async function use(url: string, options: ConnectOptions): Promise<void> {
  await using client = await connect(url, 'ari', 'ari-secret', options);
  await client.start('hello');
  const started = client.waitFor('StasisStart', { timeoutMs: 5_000 });
  await client.channels.originate({ endpoint: 'Local/wait@default', app: 'hello' }, { timeoutMs: 5_000 });
  await started;
}

describe('TLS', () => {
  it('trusts an authority of its own for requests and events', async () => {
    await use(front.url, { tls: { ca: authority.ca } });
    expect(front.peers.length).toBeGreaterThanOrEqual(2);
  });

  it('refuses what it cannot verify: certainly not sent, and said why', async () => {
    const error = await connect(front.url, 'ari', 'ari-secret').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AriConnectionError);
    expect(error).toMatchObject({ delivery: 'notSent' });
    expect((error as Error).message).toMatch(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN/);
    expect(asterisk.journal.requests).toEqual([]);
  });

  it('accepts it where rejectUnauthorized is false', async () => {
    await use(front.url, { tls: { rejectUnauthorized: false } });
  });

  it('refuses another name than the one in the certificate, unless it is told the name', async () => {
    const url = `https://localhost:${front.port}/`;
    const { ca } = authority;
    await expect(connect(url, 'ari', 'ari-secret', { tls: { ca } })).rejects.toThrow(/ERR_TLS_CERT_ALTNAME_INVALID/);
    await use(url, { tls: { ca, servername: 'pbx.test' } });
    expect(new Set(front.names.slice(1))).toEqual(new Set(['pbx.test']));
  });

  it('shows a certificate of its own where the server wants one', async () => {
    const { ca, client, server } = authority;
    await using strict = await TlsFront.start(asterisk.url, { ...server, ca, requestCert: true });
    await use(strict.url, { tls: { ca, ...client } });
    expect(new Set(strict.peers)).toEqual(new Set(['client']));
    const without = connect(strict.url, 'ari', 'ari-secret', { tls: { ca }, retry: false });
    await expect(without).rejects.toThrow(AriConnectionError);
  });

  it('fails cleanly where the other end speaks plain HTTP, and the other way round', async () => {
    const plain = asterisk.url.replace('http:', 'https:');
    await expect(connect(plain, 'ari', 'ari-secret', { retry: false })).rejects.toThrow(AriConnectionError);
    const tls = front.url.replace('https:', 'http:');
    await expect(connect(tls, 'ari', 'ari-secret', { retry: false })).rejects.toThrow(AriConnectionError);
  });
});

describe('an agent of the application', () => {
  it('makes every connection, requests and events alike', async () => {
    const targets: unknown[] = [];
    class Counting extends Agent {
      override createConnection(options: ClientRequestArgs, ...rest: []) {
        targets.push(options.port);
        return super.createConnection(options, ...rest);
      }
    }
    await use(asterisk.url, { agent: new Counting() });
    expect(targets.length).toBeGreaterThanOrEqual(2);
    expect(new Set(targets.map(String))).toEqual(new Set([new URL(asterisk.url).port]));
  });

  it('has its own idea of TLS', async () => {
    const agent = new TlsAgent({ ca: authority.ca, keepAlive: true });
    await use(front.url, { agent });
    agent.destroy();
  });
});
