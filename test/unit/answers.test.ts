import {
  AriAbortError,
  AriClient,
  AriConnectionError,
  AriHttpError,
  AriProtocolError,
  AriTimeoutError,
  BadRequestError,
  Channel,
  ConflictError,
  ForbiddenError,
  NotFoundError,
  PreconditionFailedError,
  ServerError,
  UnauthorizedError,
  UnprocessableEntityError,
  UnsupportedOperationError,
} from 'asterisk-ari';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { startRecordingServer, type Answer } from '../support/recording-server.js';

let cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUp.splice(0).map((end) => end()));
  cleanUp = [];
});

async function clientOf(answer: Answer, options = {}): Promise<AriClient> {
  const server = await startRecordingServer(answer);
  const client = new AriClient({ url: server.url, username: 'hey', password: 'secret-word', ...options });
  cleanUp.push(() => client.close(), server.close);
  return client;
}

const json =
  (status: number, body: unknown): Answer =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const html =
  (status: number, body: string): Answer =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'text/html' }).end(body);

describe('what was not found', () => {
  it.each([
    ['Channel not found', 'channel'],
    ['Provided channel was not found', 'channel'],
    ['Provided variable was not found', 'variable'],
    ['Requested label can not be found', 'label'],
    ['Module not found in running modules', 'module'],
    ["configClass 'Channel not found' not found", 'configClass'],
    ['No Endpoints found - invalid tech Sound', 'technology'],
    ['RTP info not found', 'statistics'],
    ['The channel of your dreams', undefined],
    ['', undefined],
  ])('is told by the words %j: %s', async (message, what) => {
    const client = await clientOf(json(404, { message }));
    const error: unknown = await client.channels
      .getChannelVar({ channelId: '1', variable: 'A' })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(NotFoundError);
    expect((error as NotFoundError).what).toBe(what);
  });

  it('a recording that cannot begin names the likely cause', async () => {
    const client = await clientOf(json(500, { message: 'Internal Server Error' }));
    const attempt = client.channels.record({ channelId: '1', name: 'a', format: 'wav' });
    await expect(attempt).rejects.toThrow(/spool directory/);
  });
});

describe('a success', () => {
  it('shows as text what it is', async () => {
    const client = await clientOf(json(200, { id: '1' }));
    expect(String(client.channels.handle('7'))).toBe('Channel 7');
    expect(String(client.endpoints.handle('PJSIP', 'alice'))).toBe('Endpoint PJSIP/alice');
  });

  it('becomes domain objects with the data, and prints and serialises as the data alone', async () => {
    const data = { id: '1', name: 'Local/x', state: 'Up', extra: true };
    const client = await clientOf(json(200, [data]));
    const [channel] = await client.channels.list();
    expect(channel).toBeInstanceOf(Channel);
    expect(channel?.name).toBe('Local/x');
    expect(JSON.parse(JSON.stringify(channel))).toEqual(data);
    expect(inspect(channel)).toBe("Channel { id: '1', name: 'Local/x', state: 'Up', extra: true }");
    expect(inspect(client, { depth: 5, showHidden: true })).not.toContain('secret-word');
  });

  it('without a body is nothing, whatever its status', async () => {
    const client = await clientOf((_, response) => response.writeHead(202).end());
    const message = { tech: 'PJSIP', resource: 'ann', from: 'sip:b' };
    expect(await client.endpoints.sendMessageToEndpoint(message)).toBeUndefined();
  });

  it('with bytes is a file, as a buffer or as a stream', async () => {
    const client = await clientOf((_, response) =>
      response.writeHead(200, { 'content-type': 'audio/wav' }).end('RIFFdata'),
    );
    const file = await client.recordings.getStoredFile({ recordingName: 'r' });
    expect(file.contentType).toBe('audio/wav');
    expect((await file.buffer()).toString()).toBe('RIFFdata');
    const again = await client.recordings.getStoredFile({ recordingName: 'r' });
    const parts: string[] = [];
    for await (const part of again) {
      parts.push(part.toString());
    }
    expect(parts.join('')).toBe('RIFFdata');
  });

  it('that is not JSON, or not of the promised kind, is an error of the protocol', async () => {
    const page = await clientOf(html(200, '<html>Welcome</html>'));
    await expect(page.channels.list()).rejects.toThrow(AriProtocolError);
    const single = await clientOf(json(200, { id: '1' }));
    await expect(single.channels.list()).rejects.toThrow(/not a list of Channel/);
  });
});

describe('a failure', () => {
  const classes: [number, typeof AriHttpError][] = [
    [400, BadRequestError],
    [401, UnauthorizedError],
    [403, ForbiddenError],
    [404, NotFoundError],
    [405, AriHttpError],
    [409, ConflictError],
    [412, PreconditionFailedError],
    [422, UnprocessableEntityError],
    [500, ServerError],
    [503, ServerError],
  ];

  it.each(classes)('with status %i has its class, and what Asterisk said', async (status, errorClass) => {
    const client = await clientOf(json(status, { message: 'No good' }), { retry: false });
    const error = await client.channels.answer({ channelId: 'a b' }).catch((reason: unknown) => reason);
    expect((error as Error).constructor).toBe(errorClass);
    expect(error).toMatchObject({
      status,
      serverMessage: 'No good',
      operation: 'channels.answer',
      method: 'POST',
      path: '/channels/a%20b/answer',
      message: `channels.answer: ${status} No good (POST /channels/a%20b/answer)`,
    });
  });

  it('in HTML, as the HTTP server of Asterisk sends it, is read for its text', async () => {
    const body = '<html><head><title>413 Too big</title></head><body><h1>Too big</h1><p>Really</p></body></html>';
    const client = await clientOf(html(413, body));
    await expect(client.channels.list()).rejects.toMatchObject({ status: 413, serverMessage: 'Too big Really' });
  });

  it('of the router is told from an object that is missing', async () => {
    const client = await clientOf(json(404, { message: 'Resource not found' }));
    const error = await client.channels.progress({ channelId: 'x' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnsupportedOperationError);
    expect(error).not.toBeInstanceOf(NotFoundError);
    expect(String(error)).toMatch(/channels\.progress is not offered by this Asterisk .*since 20\.16\.0/);
  });
});

describe('no answer', () => {
  const silent: Answer = () => undefined;

  it('within the time is a timeout, of the call or of the client', async () => {
    const client = await clientOf(silent, { timeoutMs: 30 });
    const error = await client.channels.answer({ channelId: 'x' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AriTimeoutError);
    expect(error).toMatchObject({ timeoutMs: 30, delivery: 'outcomeUnknown' });
    await expect(client.channels.answer({ channelId: 'x' }, { timeoutMs: 10 })).rejects.toMatchObject({
      timeoutMs: 10,
    });
  });

  it('is ended by the signal, with its reason', async () => {
    const client = await clientOf(silent);
    const controller = new AbortController();
    const answer = client.channels.answer({ channelId: 'x' }, { signal: controller.signal });
    controller.abort(new Error('changed my mind'));
    const error = await answer.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AriAbortError);
    expect((error as Error).cause).toMatchObject({ message: 'changed my mind' });
  });

  it('is ended by close()', async () => {
    const client = await clientOf(silent);
    const answer = client.channels.answer({ channelId: 'x' });
    await client.close();
    await expect(answer).rejects.toThrow(AriAbortError);
    await expect(client.channels.answer({ channelId: 'x' })).rejects.toMatchObject({ delivery: 'notSent' });
  });

  it('because nobody listens there says that nothing was sent', async () => {
    const client = new AriClient({ url: 'http://127.0.0.1:9', username: 'a', password: 'b', retry: false });
    const error = await client.channels.list().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AriConnectionError);
    expect(error).toMatchObject({ delivery: 'notSent' });
    await client.close();
  });

  it('for what waits in the queue says that it was not sent', async () => {
    const client = await clientOf(silent, { maxSockets: 1, maxQueued: 1 });
    const sent = client.channels.answer({ channelId: 'x' });
    const waiting = client.channels.answer({ channelId: 'x' }, { timeoutMs: 20 });
    await expect(client.channels.answer({ channelId: 'x' })).rejects.toMatchObject({
      delivery: 'notSent',
      message: expect.stringContaining('maxQueued') as string,
    });
    await expect(waiting).rejects.toMatchObject({ delivery: 'notSent', timeoutMs: 20 });
    await client.close();
    await expect(sent).rejects.toMatchObject({ delivery: 'outcomeUnknown' });
  });
});
