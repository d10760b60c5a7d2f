import { inspect } from 'node:util';
import { AriError, connect, type AriClient, type Logger } from 'asterisk-ari';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, RawAsterisk, refuseWith } from './support/raw-asterisk.js';
import { atOnce, until } from './support/states.js';

const password = 's3cr3t-pässword';
const encoded = Buffer.from(`peter:${password}`).toString('base64');

let raw: RawAsterisk;
let lines: string[];
let logger: Logger;
const clients: AriClient[] = [];

beforeEach(async () => {
  raw = await RawAsterisk.start();
  lines = [];
  const keep = (line: string): void => void lines.push(line);
  logger = { debug: keep, info: keep, warn: keep, error: keep };
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await raw[Symbol.asyncDispose]();
});

async function open(): Promise<AriClient> {
  const client = await connect(raw.url, 'peter', password, { logger, reconnect: atOnce, retry: false });
  clients.push(client);
  return client;
}

/** Everything that can be seen of a value: its text, its stack, its causes, its hidden fields. */
function everything(value: unknown): string {
  return [
    inspect(value, { depth: Infinity, showHidden: true, getters: true }),
    value instanceof Error ? `${value.stack} ${String(value.cause)}` : '',
    JSON.stringify(value) ?? '',
  ].join('\n');
}

function expectClean(text: string): void {
  expect(text).not.toContain(password);
  expect(text).not.toContain(encoded);
}

describe('credentials', () => {
  it('appear neither in the log nor in errors, whatever goes wrong', async () => {
    const client = await open();
    const errors: unknown[] = [];
    const collect = (error: unknown): void => void errors.push(error);
    raw.answer = (request, response) => page(response, 500, `you sent ${request.headers.authorization}`);
    await client.asterisk.ping().catch(collect);
    raw.answer = (_, response) => response.destroy();
    await client.asterisk.ping().catch(collect);
    raw.answer = () => undefined;
    await client.asterisk.ping({ timeoutMs: 20 }).catch(collect);
    raw.refusal = refuseWith(403);
    await client.start('hello').catch(collect);
    raw.refusal = (_, socket) => socket.destroy();
    await client.start('hello').catch(collect);
    raw.refusal = undefined;
    await client.start('hello');
    const back = until(client, 'reconnecting').then(() => until(client, 'open'));
    client.on('state', ({ error }) => error && errors.push(error));
    raw.socket.terminate();
    await back;
    await connect('http://127.0.0.1:1/', 'peter', password).catch(collect);
    await connect('http://peter:other@127.0.0.1/', 'peter', password).catch(collect);
    expect(errors.length).toBeGreaterThanOrEqual(8);
    expect(errors.every((error) => error instanceof AriError)).toBe(true);
    expect(errors[0]).toMatchObject({ serverMessage: 'you sent Basic ***' });
    errors.forEach((error) => expectClean(everything(error)));
    expect(lines.length).toBeGreaterThan(5);
    expectClean(lines.join('\n'));
  });

  it('are cut out of what a listener of the application throws, before it is logged', async () => {
    const client = await open();
    client.on('state', () => {
      throw new Error(`could not log in with ${password} or ${encoded}`);
    });
    await client.start('hello');
    expect(lines.some((line) => line.includes('could not log in with *** or ***'))).toBe(true);
    expectClean(lines.join('\n'));
  });

  it('cannot be seen in a client, a repository or an object', async () => {
    const client = await open();
    await client.start('hello');
    for (const value of [client, client.channels, client.channels.handle('c1'), client.applications]) {
      expectClean(everything(value));
    }
  });

  it('a logger that throws, or holds the secret in its own name, stops nothing', async () => {
    const broken = (): never => {
      throw new Error('the disk is full');
    };
    const bad = { debug: broken, info: broken, warn: broken, error: broken };
    const client = await connect(raw.url, 'peter', password, { logger: bad, reconnect: atOnce });
    clients.push(client);
    await client.start('hello');
    const back = until(client, 'reconnecting').then(() => until(client, 'open'));
    raw.socket.terminate();
    await back;
    await expect(connect(raw.url, 'peter', password, { logger: {} as Logger })).rejects.toThrow(
      /option 'logger' must have the methods debug, info, warn and error/,
    );
  });
});

describe('a password in clear text', () => {
  it.each([
    ['http://pbx.example.org:8088/', true],
    ['http://192.0.2.1/', true],
    ['http://[2001:db8::1]:8088/', true],
    ['http://localhost:8088/', false],
    ['http://127.0.0.1:8088/', false],
    ['http://[::1]:8088/', false],
    ['https://pbx.example.org/', false],
  ])('to %s: warned of %s', async (url, warned) => {
    const { AriClient } = await import('asterisk-ari');
    const client = new AriClient({ url, username: 'peter', password, logger });
    await client.close();
    expect(lines.filter((line) => line.includes('in clear text'))).toHaveLength(warned ? 1 : 0);
    expectClean(lines.join('\n'));
  });
});
