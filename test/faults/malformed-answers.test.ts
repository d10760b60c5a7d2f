import {
  AriHttpError,
  AriProtocolError,
  connect,
  ObjectGoneError,
  type AriClient,
  type MalformedMessage,
} from 'asterisk-ari';
import { ObjectHandle, type Operation } from 'asterisk-ari/runtime';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AnsweringAsterisk, type SocketRequest } from '../fast/support/answering-asterisk.js';
import { connectReady } from '../fast/support/connect-ready.js';
import { start } from '../support/events.js';
import { callOperation, operations } from '../support/operations.js';
import { json, RawAsterisk } from './support/raw-asterisk.js';
import { atOnce } from './support/states.js';

/** Whether a result is what the operation promises. */
function isAsPromised({ returns }: Operation, result: unknown): boolean {
  switch (returns.kind) {
    case 'void':
      return result === undefined;
    case 'object':
      return returns.list
        ? Array.isArray(result) && result.every((item) => item instanceof ObjectHandle)
        : result instanceof ObjectHandle;
    case 'binary':
      return false;
    case 'data':
      return returns.shape === 'list'
        ? Array.isArray(result)
        : typeof result === 'object' && result !== null && !Array.isArray(result);
  }
}

const scalars = [null, true, 7, 'text', []] as const;
const anyJson = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(...scalars, {}, [null], [[]], [{}], [7]));

describe('over HTTP', () => {
  let raw: RawAsterisk;
  let client: AriClient;

  beforeEach(async () => {
    raw = await RawAsterisk.start();
    client = await connect(raw.url, 'ari', 'secret');
  });

  afterEach(async () => {
    await client.close();
    await raw[Symbol.asyncDispose]();
  });

  it('any JSON, to any operation, is what it promises or an error of the protocol', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), anyJson, async (operation, body) => {
        raw.answer = (_, response) => json(response, 200, body);
        try {
          expect(isAsPromised(operation, await callOperation(client, operation))).toBe(true);
        } catch (error) {
          if (!(error instanceof AriProtocolError)) {
            throw error;
          }
        }
      }),
      { numRuns: 600 },
    );
  });

  it.each([null, 5, 'x', {}])('%j where an object has a list', async (value) => {
    raw.answer = (_, response) => json(response, 200, { name: 'a', events_allowed: value, bridge_ids: [] });
    const lists = client.applications.get({ applicationName: 'a' });
    await expect(lists).rejects.toThrow(
      'applications.get: the answer is not as described: events_allowed must be a list',
    );
    await expect(lists).rejects.toThrow(AriProtocolError);
  });

  it.each(scalars)('%j where an object is promised', async (body) => {
    raw.answer = (_, response) => json(response, 200, body);
    await expect(client.asterisk.getInfo()).rejects.toThrow(AriProtocolError);
    await expect(client.asterisk.getInfo()).rejects.toThrow('asterisk.getInfo: the answer is not an object');
    await expect(client.channels.get({ channelId: '1' })).rejects.toThrow('channels.get: the answer is not a Channel');
  });

  it.each([{}, null, 7, [null], [7], [[]]])('%j where a list of objects is promised', async (body) => {
    raw.answer = (_, response) => json(response, 200, body);
    await expect(client.channels.list()).rejects.toThrow('channels.list: the answer is not a list of Channel');
  });

  it.each([
    [null, 'the answer is not an object'],
    [[], 'the answer is not an object'],
    [7, 'the answer is not an object'],
    [{ system: { version: 22 } }, 'system.version must be a string, not 22'],
    [{ system: { version: null } }, 'system.version must be a string, not null'],
  ])('connect(), told %j about Asterisk', async (body, message) => {
    raw.answer = (_, response) => json(response, 200, body);
    const connecting = connect(raw.url, 'ari', 'secret');
    await expect(connecting).rejects.toThrow(AriProtocolError);
    await expect(connecting).rejects.toThrow(message);
  });

  it.each([
    ['events_allowed', null, 'events_allowed must be a list, not null'],
    ['events_disallowed', [null], 'events_disallowed must be a list of objects, not a list'],
    ['channel_ids', 'c1', 'channel_ids must be a list, not "c1"'],
    ['bridge_ids', [7], 'bridge_ids must be a list of strings, not a list'],
    ['device_names', {}, 'device_names must be a list, not an object'],
  ])('an application whose %s is %j', async (field, value, message) => {
    raw.answer = (_, response) => json(response, 200, { name: 'hello', [field]: value });
    const filtering = client.applications.filter({ applicationName: 'hello', filter: {} });
    await expect(filtering).rejects.toThrow(AriProtocolError);
    await expect(filtering).rejects.toThrow(`applications.filter: the answer is not as described: ${message}`);
    const subscribing = client.applications.subscribe({ applicationName: 'hello', eventSource: 'bridge:1' });
    await expect(subscribing).rejects.toThrow(`applications.subscribe: the answer is not as described: ${message}`);
  });

  describe('after an interruption, the gap is told with what is known:', () => {
    beforeEach(async () => {
      await client.close();
      client = await connect(raw.url, 'ari', 'secret', { reconnect: atOnce, transport: 'http', retry: false });
      await client.start('hello');
    });

    /** Listens to channels that are known to exist. */
    async function listenTo(...ids: readonly string[]): Promise<void> {
      const last = client.waitFor('StasisStart', {
        where: ({ channel }) => channel.id === ids.at(-1),
        timeoutMs: 5_000,
      });
      const subscription = client.channels.on('StasisStart', (channel) => channel.on('StasisEnd', () => undefined));
      raw.send(...ids.map((id) => start(id)));
      await last;
      subscription.close();
    }

    async function interrupted() {
      const told = client.waitFor('gap', { timeoutMs: 5_000 });
      raw.socket.terminate();
      return told;
    }

    it.each([null, {}, 7, 'text'])('the list of channels is %j', async (list) => {
      const ids = Array.from({ length: 12 }, (_, index) => `c${index}`);
      await listenTo(...ids);
      client.bridges.handle('b1').on('BridgeDestroyed', () => undefined);
      raw.answer = ({ url }, response) => json(response, 200, url === '/ari/channels' ? list : { id: 'b1' });
      const { gone, alive, unclear } = await interrupted();
      expect(gone.channels).toEqual([]);
      expect(alive).toMatchObject({ channels: [], bridges: ['b1'] });
      expect(unclear).toMatchObject({ channels: ids, bridges: [] });
    });

    it('the list has odd entries', async () => {
      const ids = Array.from({ length: 12 }, (_, index) => `c${index}`);
      await listenTo(...ids);
      raw.answer = (_, response) => json(response, 200, [null, 7, { id: 'c3' }, { id: 4 }, [], 'c5']);
      const { gone, alive } = await interrupted();
      expect(alive.channels).toEqual(['c3']);
      expect(gone.channels).toEqual(ids.filter((id) => id !== 'c3'));
    });

    it.each([
      ['null', 200, null],
      ['a list', 200, []],
      ['a refusal', 400, { message: 'Odd' }],
      ['an error of the server', 500, { message: 'Odd' }],
    ])('the answer about one of several objects is %s; it is asked for again', async (_name, status, body) => {
      await listenTo('odd', 'gone', 'alive');
      let isOdd = true;
      raw.answer = ({ url }, response) => {
        const id = url?.split('/').at(-1);
        const isMissing = id !== 'alive' && id !== 'hello' && !(id === 'odd' && isOdd);
        json(response, isMissing ? 404 : id === 'odd' ? status : 200, id === 'odd' && isOdd ? body : { id });
      };
      const ended = client.channels.handle('odd').waitFor('ChannelDestroyed');
      const notice = await interrupted();
      expect(notice.gone.channels).toEqual(['gone']);
      expect(notice.alive.channels).toEqual(['alive']);
      expect(notice.unclear.channels).toEqual(['odd']);
      isOdd = false;
      await expect(ended).rejects.toThrow(ObjectGoneError);
    });

    it('the application is described oddly', async () => {
      await listenTo('c1');
      raw.answer = (_, response) => json(response, 200, { name: 'hello' });
      await client.applications.subscribe({ applicationName: 'hello', eventSource: 'bridge:1' });
      raw.answer = (_, response) => json(response, 200, { id: 'c1', channel_ids: 'none', bridge_ids: null });
      expect((await interrupted()).alive.channels).toEqual(['c1']);
    });
  });
});

describe('over the event connection', () => {
  let asterisk: AnsweringAsterisk;
  let client: AriClient;

  beforeEach(async () => {
    asterisk = new AnsweringAsterisk('22.10.1');
    client = await connectReady(await asterisk.start(), { retry: false });
  });

  afterEach(async () => {
    await client.close();
    await asterisk[Symbol.asyncDispose]();
  });

  /** The outcome of a request that is answered with these fields. */
  async function answered(fields: object): Promise<unknown> {
    const request = new Promise<SocketRequest>((resolve) => {
      asterisk.answer = (received) => {
        resolve(received);
        return undefined;
      };
    });
    const outcome = client.bridges.get({ bridgeId: 'b1' }, { timeoutMs: 5_000 }).catch((error: unknown) => error);
    const { request_id } = await request;
    asterisk.send({ type: 'RESTResponse', request_id, ...fields });
    return outcome;
  }

  const sound = {
    status_code: 200,
    reason_phrase: 'OK',
    content_type: 'application/json',
    message_body: '{"id":"b1"}',
  };

  it.each([
    ['status_code', undefined, 'is missing; must be a status of HTTP'],
    ['status_code', null, 'must be a status of HTTP, not null'],
    ['status_code', '200', 'must be a status of HTTP, not "200"'],
    ['status_code', 0, 'must be a status of HTTP, not 0'],
    ['status_code', 200.5, 'must be a status of HTTP, not 200.5'],
    ['status_code', 1e9, 'must be a status of HTTP, not 1000000000'],
    ['reason_phrase', null, 'must be a string, not null'],
    ['reason_phrase', {}, 'must be a string, not an object'],
    ['content_type', null, 'must be a string, not null'],
    ['content_type', ['application/json'], 'must be a string, not a list'],
    ['message_body', null, 'must be a string, not null'],
    ['message_body', { id: 'b1' }, 'must be a string, not an object'],
    ['message_body', 5, 'must be a string, not 5'],
  ])('an answer whose %s is %j', async (field, value, message) => {
    const error = await answered({ ...sound, [field]: value });
    expect(error).toBeInstanceOf(AriProtocolError);
    const { message: text } = error as AriProtocolError;
    expect(text).toBe(`bridges.get: the answer over the event connection is malformed: ${field} ${message}`);
  });

  it('any fields: every request ends, and the next one is answered', async () => {
    const value = fc.oneof(
      anyJson,
      fc.constantFrom(200, 204, 404, 500, '', '{', '{"id":"b1"}', 'text/html', 'application/json'),
    );
    const frame = fc.record(
      { status_code: value, reason_phrase: value, content_type: value, message_body: value },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(frame, async (fields) => {
        const outcome = await answered(fields);
        const isError = outcome instanceof AriProtocolError || outcome instanceof AriHttpError;
        expect(isError || outcome instanceof ObjectHandle).toBe(true);
        expect(await answered(sound)).toMatchObject({ id: 'b1' });
      }),
      { numRuns: 200 },
    );
  });

  it.each([undefined, null, 5, {}, ['1']])('an answer to request %j is malformed', async (id) => {
    const malformed: MalformedMessage[] = [];
    client.on('malformed', (message) => malformed.push(message));
    asterisk.send({ type: 'RESTResponse', ...sound, request_id: id });
    expect(await answered(sound)).toMatchObject({ id: 'b1' });
    expect(malformed).toEqual([
      {
        text: expect.stringContaining('RESTResponse') as string,
        reason: expect.stringContaining('request_id') as string,
      },
    ]);
  });
});
