import { inspect } from 'node:util';
import { AriError, AriValidationError, connect, type AriClient, type Logger } from 'asterisk-ari';
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

  it.each<readonly [name: string, encode: (text: string) => string]>([
    ['as they are', (text) => text],
    ['in JSON', (text) => JSON.stringify(text).slice(1, -1)],
    [
      'in escapes of JSON',
      (text) => text.replace(/[^a-z]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ],
    ['in entities of HTML', (text) => text.replace(/[^a-z]/g, (c) => `&#${c.charCodeAt(0)};`)],
    ['in a URL', (text) => encodeURIComponent(text)],
  ])('%s are cut out of every kind of text that comes back', async (_name, encode) => {
    const client = await open();
    const errors: unknown[] = [];
    const echo = `Authorization: Basic ${encode(encoded)}, api_key=${encode(`peter:${password}`)}`;
    const answers: readonly (readonly [status: number, type: string, body: string])[] = [
      [500, 'application/json', `{"message":"${echo}"}`],
      [500, 'application/json', `{"message":"${echo}`],
      [404, 'application/json', `{"error":"${echo}"}`],
      [500, 'text/html', `<h1>${echo}</h1>`],
      [501, 'text/plain', echo],
      [200, 'text/plain', echo],
    ];
    for (const [status, type, body] of answers) {
      raw.answer = (_, response) => response.writeHead(status, { 'content-type': type }).end(body);
      await client.asterisk.ping().catch((error: unknown) => errors.push(error));
      raw.refusal = refuseWith(status === 200 ? 403 : status, body, type);
      await client.start('hello').catch((error: unknown) => errors.push(error));
    }
    raw.refusal = undefined;
    const mine = await connect(raw.url, 'peter', password, {
      logger,
      reconnect: false,
      fetch: () => Promise.reject(new Error(echo)),
    }).catch((error: unknown) => error);
    errors.push(mine);
    await client.start('hello');
    raw.socket.close(1008, echo.slice(0, 120));
    errors.push(await client.closed);
    expect(errors).toHaveLength(2 * answers.length + 2);
    for (const text of [...errors.map(everything), lines.join('\n')]) {
      expectClean(text);
      expect(text).not.toContain(encode(password));
      expect(text).not.toContain(encode(encoded));
    }
  });

  it('in an URL are refused, and not shown', async () => {
    for (const url of [`${raw.url}?api_key=peter:${password}`, `${raw.url}?${password}`, `${raw.url}#${password}`]) {
      const error = await connect(url, 'peter', password).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(AriValidationError);
      expect((error as Error).message).toMatch(/^connect: option 'url' must not have a (query|fragment)/);
      expectClean(everything(error));
    }
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
