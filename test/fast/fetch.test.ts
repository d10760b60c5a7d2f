import { AriAbortError, AriClient, AriConnectionError, AriTimeoutError, type Fetch, NotFoundError } from 'asterisk-ari';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelData } from '../support/events.js';
import { type Answer, startRecordingServer } from '../support/recording-server.js';

let server: Awaited<ReturnType<typeof startRecordingServer>>;
let client: AriClient;
let answer: Answer;

beforeEach(async () => {
  server = await startRecordingServer((request, response) => answer(request, response));
  client = clientOf(server.url);
});

afterEach(async () => {
  await client.close();
  await server.close();
});

function clientOf(url: string, fetch: Fetch = globalThis.fetch): AriClient {
  return new AriClient({ url, username: 'ari', password: 'secret', fetch, retry: false });
}

function json(status: number, body: unknown): Answer {
  return (_, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

describe('any fetch in place of node-fetch', () => {
  it('sends what node-fetch would, and its answers are read', async () => {
    answer = json(200, channelData('c1'));
    const channel = await client.channels.originate({ endpoint: 'Local/1', app: 'hello', variables: { A: 'ä' } });
    expect(channel.id).toBe('c1');
    const { method, target, headers, body } = server.last();
    expect([method, target]).toEqual(['POST', '/ari/channels']);
    expect(headers.authorization).toBe(`Basic ${Buffer.from('ari:secret').toString('base64')}`);
    expect(JSON.parse(body)).toMatchObject({ endpoint: 'Local/1', variables: { A: 'ä' } });
  });

  it('makes the same errors', async () => {
    answer = json(404, { message: 'Channel not found' });
    await expect(client.channels.get({ channelId: 'x' })).rejects.toThrow(NotFoundError);
  });

  it('reads a file as it arrives', async () => {
    const bytes = Buffer.from([0, 1, 2, 255]);
    answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'audio/wav', 'content-length': '4' }).end(bytes);
    const file = await client.recordings.getStoredFile({ recordingName: 'r' });
    expect([file.contentType, file.size]).toEqual(['audio/wav', 4]);
    expect(await file.buffer()).toEqual(bytes);
  });

  it('is given up when the time is over or the caller says so', async () => {
    answer = () => undefined;
    await expect(client.asterisk.ping({ timeoutMs: 30 })).rejects.toThrow(AriTimeoutError);
    const signal = AbortSignal.timeout(30);
    await expect(client.asterisk.ping({ signal })).rejects.toThrow(AriAbortError);
  });

  it('tells a server that is not there from one that was lost', async () => {
    answer = (_, response) => response.destroy();
    const lost = await client.asterisk.ping().catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(AriConnectionError);
    expect((lost as AriConnectionError).delivery).toBe('outcomeUnknown');
    await server.close();
    const unreachable = await client.asterisk.ping().catch((error: unknown) => error);
    expect((unreachable as AriConnectionError).delivery).toBe('notSent');
    expect((unreachable as Error).message).toContain('ECONNREFUSED');
  });

  it('is called with an address, headers and a signal, never with credentials in the address', async () => {
    const calls: Parameters<Fetch>[] = [];
    const own = clientOf('http://pbx.example:8088/', (...args) => {
      calls.push(args);
      return Promise.resolve(new Response('{"ping":"pong"}', { headers: { 'content-type': 'application/json' } }));
    });
    expect(await own.asterisk.ping()).toEqual({ ping: 'pong' });
    const [url, init] = calls[0] ?? [];
    expect(url).toBe('http://pbx.example:8088/ari/asterisk/ping');
    expect(init).toMatchObject({ method: 'GET', redirect: 'manual' });
    expect(init?.signal).toBeInstanceOf(AbortSignal);
    await own.close();
  });

  it('must be a function', () => {
    expect(() => clientOf(server.url, 'node-fetch' as never)).toThrow("option 'fetch' must be a function");
  });
});
