import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AriHttpError, connect, NotFoundError, UnsupportedOperationError } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelData, event } from '../support/events.js';
import { json, missingPage, page, RawAsterisk } from './support/raw-asterisk.js';
import { atOnce, until } from './support/states.js';

const recordingName = 'calls/42';

let raw: RawAsterisk;

beforeEach(async () => {
  raw = await RawAsterisk.start();
});

afterEach(() => raw[Symbol.asyncDispose]());

/** Asks, and tells what went wrong. */
async function failureOf(url: string, username = 'ari', password = 'secret'): Promise<Error> {
  await using client = await connect(url, username, password);
  const failure = await client.recordings.getStored({ recordingName }).catch((error: unknown) => error);
  return failure as Error;
}

describe('a proxy that decodes slashes', () => {
  let asterisk: TestAsterisk;
  let proxy: Server;

  beforeEach(async () => {
    asterisk = await startAsterisk();
    proxy = createServer(({ method, url = '', headers }, response) => {
      const target = new URL(url.replaceAll('%2F', '/'), asterisk.url);
      ask(target, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }).end();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    proxy.closeAllConnections();
    proxy.close();
    await asterisk.close();
  });

  it('is named as the likely cause: the operation is there', async () => {
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`;
    const failure = await failureOf(url, asterisk.username, asterisk.password);
    expect(failure).toBeInstanceOf(AriHttpError);
    expect(failure).not.toBeInstanceOf(UnsupportedOperationError);
    expect(failure).not.toBeInstanceOf(NotFoundError);
    expect(failure.message).toMatch(
      /^recordings\.getStored: 404 Resource not found \(GET .*%2F42\): Asterisk 22\.10\.1 has this operation, .*nginx/,
    );
  });
});

describe('a proxy that does not pass the subprotocol on', () => {
  it('does no harm, and is told once', async () => {
    const lines: string[] = [];
    const keep = (line: string): void => void lines.push(line);
    const logger = { debug: keep, info: keep, warn: keep, error: keep };
    raw.subprotocol = false;
    await using client = await connect(raw.url, 'ari', 'secret', { logger, reconnect: atOnce });
    await client.start('hello');
    const back = until(client, 'reconnecting').then(() => until(client, 'open'));
    raw.socket.terminate();
    await back;
    const heard = client.waitFor('StasisStart', { timeoutMs: 5_000 });
    raw.send(event('StasisStart', { args: [], channel: channelData('c1') }));
    expect((await heard).channel.id).toBe('c1');
    expect(lines.filter((line) => line.includes('subprotocol'))).toHaveLength(1);
  });

  it('but puts another in its place is refused', async () => {
    raw.subprotocol = 'mqtt';
    await using client = await connect(raw.url, 'ari', 'secret');
    await expect(client.start('hello')).rejects.toThrow(/subprotocol/);
  });
});

describe('a page in place of an answer', () => {
  it('of a proxy is an error at once that names it, and asks nothing again', async () => {
    raw.answer = (request, response) =>
      request.url?.includes('%2F') ? page(response, 404, 'Not Found') : json(response, 200, { system: {} });
    const failure = await failureOf(raw.url);
    expect(failure).toBeInstanceOf(AriHttpError);
    expect(failure).not.toBeInstanceOf(NotFoundError);
    expect(failure.message).toMatch(
      /a page of something between this client and Asterisk; it may change an encoded slash/,
    );
    expect(raw.requests).toHaveLength(2);
  });

  it('of an Asterisk that is up is not taken for its start', async () => {
    raw.answer = (request, response) =>
      request.url?.includes('%2F') ? missingPage(response) : json(response, 200, { system: {} });
    const failure = await failureOf(raw.url);
    expect(failure).not.toBeInstanceOf(NotFoundError);
    expect(failure.message).toMatch(/404 .*a page of Asterisk, which has no ARI at that path/);
    expect(raw.requests.slice(1)).toEqual([
      'GET /ari/recordings/stored/calls%2F42',
      'GET /ari/asterisk/ping',
      'GET /ari/recordings/stored/calls%2F42',
    ]);
  });

  it('never says that an object is gone', async () => {
    await using client = await connect(raw.url, 'ari', 'secret');
    raw.answer = (_, response) => page(response, 404, 'Not Found');
    const failure = await client.channels.get({ channelId: 'x' }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ status: 404, serverMessage: 'Not Found' });
    expect(failure).not.toBeInstanceOf(NotFoundError);
  });
});
