import { inspect } from 'node:util';
import { AriClient, AriConnectionError, AriTimeoutError, AriValidationError, type ExtraHeaders } from 'asterisk-ari';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RawAsterisk } from '../faults/support/raw-asterisk.js';
import { atOnce, until } from '../faults/support/states.js';
import { ways } from '../support/ways.js';

const token = 'Bearer 0123456789.abcdef';

let raw: RawAsterisk;
let client: AriClient;
let lines: string[];

beforeEach(async () => {
  raw = await RawAsterisk.start();
  lines = [];
});

afterEach(async () => {
  await client.close();
  await raw[Symbol.asyncDispose]();
});

function begin(headers: unknown, options: object = {}): void {
  const keep = (line: string): void => void lines.push(line);
  client = new AriClient({
    url: raw.url,
    username: 'ari',
    password: 'secret',
    headers: headers as ExtraHeaders,
    logger: { debug: keep, info: keep, warn: keep, error: keep },
    reconnect: atOnce,
    retry: false,
    ...options,
  });
}

describe.each(ways)('headers of the application, by %s', (_name, way) => {
  it('are in every request and in the opening of the event connection, beside our own', async () => {
    begin({ 'X-Tenant': 'acme', 'x-trace': '' }, way);
    await client.asterisk.getInfo();
    expect(raw.lastHeaders).toMatchObject({
      'x-tenant': 'acme',
      authorization: expect.stringMatching(/^Basic /) as string,
    });
    await client.start('hello');
    expect(raw.lastHeaders).toMatchObject({
      'x-tenant': 'acme',
      authorization: expect.stringMatching(/^Basic /) as string,
      upgrade: 'websocket',
    });
  });

  it('are made anew each time by a function, which may take its time', async () => {
    let count = 0;
    begin(async () => {
      count += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { authorization: `${token}-${count}` };
    }, way);
    await client.asterisk.getInfo();
    expect(raw.lastHeaders.authorization).toBe(`${token}-1`);
    await client.asterisk.getInfo();
    expect(raw.lastHeaders.authorization).toBe(`${token}-2`);
    await client.start('hello');
    expect(raw.lastHeaders.authorization).toBe(`${token}-3`);
    const back = until(client, 'reconnecting').then(() => until(client, 'open'));
    raw.socket.terminate();
    await back;
    expect(count).toBeGreaterThan(3);
    expect(lines.join('\n')).not.toContain('0123456789');
  });

  it('are never shown: neither in the log nor in what went wrong', async () => {
    begin({ authorization: token, cookie: 'session=abcdefgh' }, way);
    const echo = `you sent ${token} and 0123456789.abcdef and session%3Dabcdefgh`;
    raw.answer = (_, response) => response.writeHead(500, { 'content-type': 'text/plain' }).end(echo);
    const failure = await client.asterisk.getInfo().catch((error: unknown) => error);
    expect(failure).toMatchObject({ serverMessage: 'you sent *** and *** and ***' });
    expect(inspect(client, { depth: 9, showHidden: true })).not.toContain('0123456789');
    expect(lines.join('\n')).not.toContain('0123456789');
  });

  it('that cannot be made fail the request, which was certainly not sent', async () => {
    begin(() => Promise.reject(new Error('the token server is away')), way);
    const failure = await client.asterisk.getInfo().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AriConnectionError);
    expect(failure).toMatchObject({ delivery: 'notSent' });
    expect((failure as Error).message).toMatch(/function of the option 'headers' failed: the token server is away/);
    await expect(client.start('hello')).rejects.toThrow(/the token server is away/);
    begin(() => ({ host: 'other' }), way);
    await expect(client.asterisk.getInfo()).rejects.toThrow(AriValidationError);
    begin(() => new Promise(() => undefined), { ...way, timeoutMs: 30 });
    await expect(client.asterisk.getInfo()).rejects.toThrow(AriTimeoutError);
    await expect(client.start('hello')).rejects.toThrow(AriTimeoutError);
    expect(raw.requests).toEqual([]);
  });
});

describe('headers that are not allowed', () => {
  beforeEach(() => begin({}));

  it.each<readonly [name: string, headers: unknown, message: RegExp]>([
    ['a list', [['x', 'y']], /^option 'headers' must be an object of names and values, or a function/],
    ['nothing', null, /^option 'headers' must be an object/],
    ['text', 'X-Token: secret', /^option 'headers' must be an object/],
    ['a name with a line end', { 'x\r\ny': 'secret' }, /^option 'headers' has a name that HTTP has not$/],
    ['an empty name', { '': 'secret' }, /^option 'headers' has a name/],
    ['a name twice', { 'X-A': 'secret', 'x-a': 'secret' }, /^option 'headers.x-a' is there twice$/],
    [
      'a value with a line end',
      { 'x-a': 'secret\r\nhost: other' },
      /^option 'headers.x-a' must be a string of one line/,
    ],
    ['a value with a NUL', { 'x-a': 'secret\0' }, /^option 'headers.x-a' must be a string of one line/],
    ['a value beyond Latin-1', { 'x-a': 'secret €' }, /^option 'headers.x-a' must be a string of one line/],
    ['a number', { 'x-a': 7 }, /^option 'headers.x-a' must be a string/],
    ['a host', { Host: 'secret' }, /^option 'headers.Host' is set by the client itself$/],
    ['a length', { 'Content-Length': '7' }, /^option 'headers.Content-Length' is set by the client/],
    ['an encoding', { 'Transfer-Encoding': 'chunked' }, /is set by the client/],
    ['a connection', { Connection: 'close' }, /is set by the client/],
    ['an upgrade', { Upgrade: 'secret' }, /is set by the client/],
    ['a go-ahead', { Expect: '100-continue' }, /is set by the client/],
    ['a key of a WebSocket', { 'Sec-WebSocket-Key': 'secret' }, /is set by the client/],
  ])('%s', (_name, headers, message) => {
    let failure: unknown;
    try {
      begin(headers);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(AriValidationError);
    expect((failure as Error).message).toMatch(message);
    expect((failure as Error).message).not.toContain('secret');
  });

  it('names of what every object has are names like others', async () => {
    begin({ constructor: 'a', toString: 'b' });
    await client.asterisk.getInfo();
    expect(raw.lastHeaders).toMatchObject({ constructor: 'a', tostring: 'b' });
    expect(() => begin(JSON.parse('{"__proto__":"\\n"}'))).toThrow(/headers.__proto__/);
  });
});
