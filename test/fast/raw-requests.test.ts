import { AriAbortError, AriConnectionError, AriProtocolError, AriTimeoutError, AriValidationError } from 'asterisk-ari';
import { AriClient, type RequestMessage, type RequestRoute } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRecordingServer, type Answer } from '../support/recording-server.js';
import { connectReady } from './support/connect-ready.js';

let server: Awaited<ReturnType<typeof startRecordingServer>>;
let client: AriClient;
let answer: Answer;

beforeEach(async () => {
  answer = (_, response) => response.writeHead(204).end();
  server = await startRecordingServer((request, response) => answer(request, response));
  client = new AriClient({ url: server.url, username: 'ari', password: 'secret', retry: { minDelayMs: 1 } });
});

afterEach(async () => {
  await client.close();
  await server.close();
});

describe('where the parameters of a route go', () => {
  it('ids go into the path, the rest of POST and PUT into the body as it is', async () => {
    const channel = client.channels.handle('c/1');
    const body = { media: ['sound:a,b', 'sound:c'], skip: 3, loud: true, options: { depth: [1, { x: null }] } };
    expect(await client.request('POST /channels/{channelId}/sing', { channelId: channel, ...body })).toBeUndefined();
    expect(server.last()).toMatchObject({ method: 'POST', target: '/ari/channels/c%2F1/sing' });
    expect(JSON.parse(server.last().body)).toEqual(body);
    await client.request('PUT /a/{b}/{c}', { b: '1', c: '2 3' });
    expect(server.last()).toMatchObject({ method: 'PUT', target: '/ari/a/1/2%203', body: '' });
  });

  it('the rest of GET and DELETE goes into the query, objects as their ids', async () => {
    const other = client.channels.handle('o/2');
    await client.request('GET /channels', { tags: ['a', 'b'], limit: 5, of: other, not: undefined });
    expect(server.last()).toMatchObject({ method: 'GET', target: '/ari/channels?tags=a%2Cb&limit=5&of=o%2F2' });
    await client.request('DELETE /things/{name}', { name: 'x', force: true });
    expect(server.last()).toMatchObject({ method: 'DELETE', target: '/ari/things/x?force=true', body: '' });
  });

  it('several objects go as their ids, too', async () => {
    const [a, b] = [client.channels.handle('a'), client.channels.handle('b')];
    await client.request('POST /bridges/{bridgeId}/shuffle', { bridgeId: 'x', channel: [a, b] });
    expect(JSON.parse(server.last().body)).toEqual({ channel: ['a', 'b'] });
  });
});

describe('what is refused before it is sent', () => {
  const refusals: readonly (readonly [route: string, params: object | undefined, message: RegExp])[] = [
    ['channels', undefined, /^request: route must be GET, POST, PUT or DELETE and a path with ids in braces/],
    ['PATCH /channels', undefined, /not "PATCH \/channels"$/],
    ['GET /channels?x=1', undefined, /route must be/],
    ['GET /channels//play', undefined, /route must be/],
    ['GET /channels/../asterisk', undefined, /route must be/],
    ['GET /channels/a%2Fb', undefined, /route must be/],
    ['GET /channels/{channelId}', {}, /^GET \/channels\/\{channelId\}: parameter 'channelId' is required/],
    ['GET /channels/{channelId}', undefined, /'channelId' is required/],
    ['GET /channels/{channelId}', { channelId: '' }, /'channelId' must not be empty/],
    ['GET /channels/{channelId}', { channelId: '..' }, /'channelId' must not be '\.\.'/],
    ['GET /channels/{channelId}', { channelId: 7 }, /'channelId' must be a string, not 7/],
    ['GET /channels', { x: null }, /'x' must be a string, not null/],
    ['GET /channels', { x: {} }, /'x' must be a string, not an object/],
    ['POST /channels', { x: Number.NaN }, /'x' must be a number, not NaN/],
  ];

  it.each(refusals)('%s %o', async (route, params, message) => {
    const refused = client.request(route as RequestRoute, params as never);
    await expect(refused).rejects.toThrow(AriValidationError);
    await expect(refused).rejects.toThrow(message);
    expect(server.requests).toEqual([]);
  });

  it('options that do not exist, or hold nonsense', async () => {
    const wrong = (options: object): Promise<unknown> => client.request('GET /channels', {}, options);
    await expect(wrong({ timeout: 5 })).rejects.toThrow(/option 'timeout' does not exist/);
    await expect(wrong({ timeoutMs: -1 })).rejects.toThrow(/option 'timeoutMs' must be a whole number/);
    expect(server.requests).toEqual([]);
  });
});

describe('what becomes of a request by its route', () => {
  it('a GET whose connection is lost is repeated, a POST is not: its outcome is unknown', async () => {
    answer = (_, response) => {
      if (server.requests.length === 1) {
        response.socket?.destroy();
      } else {
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"n":1}');
      }
    };
    expect(await client.request('GET /things')).toEqual({ n: 1 });
    expect(server.requests).toHaveLength(2);
    answer = (_, response) => response.socket?.destroy();
    const lost = client.request('POST /things');
    await expect(lost).rejects.toThrow(AriConnectionError);
    await expect(lost).rejects.toMatchObject({ delivery: 'outcomeUnknown' });
    expect(server.requests).toHaveLength(3);
  });

  it('a DELETE that finds nothing the second time has succeeded', async () => {
    answer = (_, response) => {
      if (server.requests.length === 1) {
        response.socket?.destroy();
      } else {
        response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"message":"Thing not found"}');
      }
    };
    expect(await client.request('DELETE /things/{name}', { name: 'x' })).toBeUndefined();
  });

  it('it ends with its time, with its signal and with the client', async () => {
    answer = () => undefined;
    await expect(client.request('GET /things', {}, { timeoutMs: 20 })).rejects.toThrow(AriTimeoutError);
    const signal = AbortSignal.timeout(20);
    await expect(client.request('GET /things', {}, { signal })).rejects.toThrow(AriAbortError);
    const pending = expect(client.request('GET /things')).rejects.toThrow(AriAbortError);
    await client.close();
    await pending;
  });

  it('an answer that is no JSON is no answer', async () => {
    answer = (_, response) => response.writeHead(200, { 'Content-Type': 'text/plain' }).end('fine');
    await expect(client.request('GET /things')).rejects.toThrow(AriProtocolError);
  });

  it('the diagnostics channels tell its route and its path', async () => {
    const told: RequestMessage[] = [];
    const tell = (message: unknown): void => void told.push({ ...(message as RequestMessage) });
    subscribe('asterisk-ari:request:end', tell);
    await client.request('GET /things/{name}', { name: 'x y' });
    unsubscribe('asterisk-ari:request:end', tell);
    expect(told).toMatchObject([{ operation: 'GET /things/{name}', path: '/things/x%20y', status: 204, attempts: 1 }]);
  });

  it('it goes over HTTP, and over the event connection where that was chosen', async () => {
    await using asterisk = await startAsterisk({ users: { ari: { password: 'secret' } } });
    for (const [transport, expected] of [
      ['auto', 'http'],
      ['websocket', 'websocket'],
    ] as const) {
      await using own = await connectReady(asterisk.url, { transport });
      await own.request('GET /bridges');
      expect(asterisk.journal.requestsTo({ path: '/bridges' }).at(-1)?.transport).toBe(expected);
    }
  });
});
