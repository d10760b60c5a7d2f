import {
  AriAbortError,
  AriClient,
  AriConnectionError,
  AriProtocolError,
  AriTimeoutError,
  type Fetch,
  NotFoundError,
} from 'asterisk-ari';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelData } from '../support/events.js';
import { type Answer, startRecordingServer } from '../support/recording-server.js';
import { ways } from '../support/ways.js';

let server: Awaited<ReturnType<typeof startRecordingServer>>;
let client: AriClient;
let answer: Answer;

beforeEach(async () => {
  server = await startRecordingServer((request, response) => answer(request, response));
});

afterEach(async () => {
  await client.close();
  await server.close();
});

function json(status: number, body: unknown): Answer {
  return (_, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

describe.each(ways)('requests by %s', (_name, way) => {
  beforeEach(() => {
    client = new AriClient({ ...way, url: server.url, username: 'ari', password: 'secret', retry: false });
  });

  it('have method, path, credentials and body, and their answers are read', async () => {
    answer = json(200, channelData('c1'));
    const channel = await client.channels.originate({ endpoint: 'Local/1', app: 'hello', variables: { A: 'ä' } });
    expect(channel.id).toBe('c1');
    const { method, target, headers, body } = server.last();
    expect([method, target]).toEqual(['POST', '/ari/channels']);
    expect(headers).toMatchObject({
      authorization: `Basic ${Buffer.from('ari:secret').toString('base64')}`,
      host: new URL(server.url).host,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    });
    expect(JSON.parse(body)).toMatchObject({ endpoint: 'Local/1', variables: { A: 'ä' } });
  });

  it('without a body say so, and never ask for a go-ahead', async () => {
    answer = (_, response) => response.writeHead(204).end();
    await client.channels.ring({ channelId: 'c1' });
    expect(server.last().headers).toMatchObject({ 'content-length': '0' });
    await client.channels.hangup({ channelId: 'c1' });
    expect(server.last().headers['content-type']).toBeUndefined();
    expect(server.requests.every(({ headers }) => !('expect' in headers || 'transfer-encoding' in headers))).toBe(true);
  });

  it('fail with the error of their status', async () => {
    answer = json(404, { message: 'Channel not found' });
    await expect(client.channels.get({ channelId: 'x' })).rejects.toThrow(NotFoundError);
  });

  it('follow no redirect: the credentials stay here', async () => {
    answer = (_, response) => response.writeHead(307, { location: `${server.url}elsewhere` }).end();
    await expect(client.asterisk.ping()).rejects.toMatchObject({ status: 307 });
    expect(server.requests).toHaveLength(1);
  });

  it('read a file as it arrives', async () => {
    const bytes = Buffer.from([0, 1, 2, 255]);
    answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'audio/wav', 'content-length': '4' }).end(bytes);
    const file = await client.recordings.getStoredFile({ recordingName: 'r' });
    expect([file.contentType, file.size]).toEqual(['audio/wav', 4]);
    expect(await file.buffer()).toEqual(bytes);
    answer = json(404, { message: 'Recording not found' });
    await expect(client.recordings.getStoredFile({ recordingName: 'r' })).rejects.toThrow('Recording not found');
  });

  it('of a file are given up by their signal, while it is read too', async () => {
    answer = (_, response) => response.writeHead(200).write('the beginning');
    const abort = new AbortController();
    const file = await client.recordings.getStoredFile({ recordingName: 'r' }, { signal: abort.signal });
    const read = file.buffer();
    abort.abort();
    await expect(read).rejects.toThrow();
  });

  it('wait for a file that takes the only connection, and have certainly not been sent meanwhile', async () => {
    const options = { url: server.url, username: 'ari', password: 'secret', retry: false, maxSockets: 1 } as const;
    await using mine = new AriClient({ ...way, ...options });
    answer = (_, response) => response.writeHead(200).write('the beginning');
    const file = await mine.recordings.getStoredFile({ recordingName: 'r' });
    answer = json(200, { ping: 'pong' });
    await expect(mine.asterisk.ping({ timeoutMs: 30 })).rejects.toMatchObject({ delivery: 'notSent' });
    file.cancel();
    expect((await mine.asterisk.ping()).ping).toBe('pong');
  });

  it('are given up when the time is over or the caller says so', async () => {
    answer = () => undefined;
    await expect(client.asterisk.ping({ timeoutMs: 30 })).rejects.toThrow(AriTimeoutError);
    const signal = AbortSignal.timeout(30);
    await expect(client.asterisk.ping({ signal })).rejects.toThrow(AriAbortError);
  });

  it('are given up in the middle of an answer too', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{"ping":');
    await expect(client.asterisk.ping({ timeoutMs: 50 })).rejects.toMatchObject({
      name: 'AriTimeoutError',
      delivery: 'outcomeUnknown',
    });
  });

  it('tell a server that is not there from one that was lost', async () => {
    answer = (_, response) => response.destroy();
    const lost = await client.asterisk.ping().catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(AriConnectionError);
    expect((lost as AriConnectionError).delivery).toBe('outcomeUnknown');
    await server.close();
    const unreachable = await client.asterisk.ping().catch((error: unknown) => error);
    expect((unreachable as AriConnectionError).delivery).toBe('notSent');
    expect((unreachable as Error).message).toContain('ECONNREFUSED');
  });
});

describe('a fetch of the application', () => {
  it('is called with an address, headers and a signal, never with credentials in the address', async () => {
    const calls: Parameters<Fetch>[] = [];
    const fetch: Fetch = (...args) => {
      calls.push(args);
      return Promise.resolve(new Response('{"ping":"pong"}', { headers: { 'content-type': 'application/json' } }));
    };
    client = new AriClient({ url: 'http://pbx.example:8088/', username: 'ari', password: 'secret', fetch });
    expect(await client.asterisk.ping()).toEqual({ ping: 'pong' });
    const [url, init] = calls[0] ?? [];
    expect(url).toBe('http://pbx.example:8088/ari/asterisk/ping');
    expect(init).toMatchObject({ method: 'GET', redirect: 'manual' });
    expect(init?.signal).toBeInstanceOf(AbortSignal);
  });

  it('must be a function', () => {
    const options = { url: server.url, username: 'ari', password: 'secret' };
    expect(() => new AriClient({ ...options, fetch: 'node-fetch' as never })).toThrow(
      "option 'fetch' must be a function",
    );
  });
});

describe('a request that is given up before it is connected', () => {
  it('was certainly not sent', async () => {
    // An address of a network that is for documentation only.
    client = new AriClient({ url: 'http://192.0.2.1:8088/', username: 'ari', password: 'secret', retry: false });
    const failure = await client.channels.ring({ channelId: 'x' }, { timeoutMs: 30 }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ delivery: 'notSent' });
  });
});

describe('a fetch of the application', () => {
  const clientWith = (fetch: unknown): AriClient =>
    new AriClient({ url: server.url, username: 'ari', password: 'secret', retry: false, fetch: fetch as Fetch });
  const circular = new Error('round and round');
  circular.cause = circular;
  const unreadable = Object.defineProperty(new Error('words'), 'message', {
    get: () => {
      throw new Error('not to be read');
    },
  });

  it.each([
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a text', 'no way', 'no way'],
    ['an object without a prototype', Object.assign(Object.create(null) as object, { code: 5 }), 'code: 5'],
    ['an error that is its own cause', circular, 'round and round'],
    ['an error that cannot be read', unreadable, ''],
    ['a symbol', Symbol('no'), 'Symbol(no)'],
    ['what has the password in it', { header: 'secret' }, "header: '***'"],
  ])('may reject with %s', async (_name, thrown, words) => {
    for (const fetch of [() => Promise.reject(thrown), () => fail(thrown)]) {
      await using mine = clientWith(fetch);
      const error = await mine.asterisk.ping().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(AriConnectionError);
      expect(error).toMatchObject({ delivery: 'outcomeUnknown', message: expect.stringContaining(words) as string });
    }
  });

  it.each([
    [undefined, 'status is missing'],
    [null, 'status is missing'],
    ['text', 'status is missing'],
    [{ status: '200' }, 'status must be a status of HTTP, not "200"'],
    [{ status: 200 }, 'no headers'],
    [{ status: 200, headers: {} }, 'no headers'],
  ])('may give %j', async (response, words) => {
    await using mine = clientWith(() => Promise.resolve(response));
    const pinging = mine.asterisk.ping();
    await expect(pinging).rejects.toThrow(AriProtocolError);
    await expect(pinging).rejects.toThrow(`asterisk.ping: what 'fetch' gave is no answer: `);
    await expect(pinging).rejects.toThrow(words);
  });

  function fail(thrown: unknown): never {
    throw thrown;
  }
});
