import {
  AriAbortError,
  AriConnectionError,
  AriHttpError,
  AriProtocolError,
  AriTimeoutError,
  ConflictError,
  connect,
  NotFoundError,
  ServerError,
  type AriClient,
  type Bridge,
  type Channel,
  type ConnectOptions,
} from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultProxy } from './support/proxy.js';
import { json, missingPage, page, RawAsterisk } from './support/raw-asterisk.js';
import { ways } from '../support/ways.js';

let asterisk: TestAsterisk;
let client: AriClient;

const endpoint = 'Local/wait@default';

/** What there is to create something in. */
interface World {
  readonly id: string;
  readonly channel: Channel;
  readonly bridge: Bridge;
}

const quick = { minDelayMs: 1, maxDelayMs: 5 } as const;

beforeEach(async () => {
  asterisk = await startAsterisk();
});

/** A client that asks the double, in one of the ways. */
async function begin(way: ConnectOptions): Promise<void> {
  client = await connect(asterisk.url, asterisk.username, asterisk.password, { ...way, retry: quick });
}

afterEach(async () => {
  await client.close();
  await asterisk.close();
});

/** How often the double was asked, answered or not. */
function asked(method: string, path: string): number {
  return asterisk.journal.requestsTo({ method, path }).length;
}

describe.each(ways)('a request whose connection breaks, by %s', (_name, way) => {
  beforeEach(() => begin(way));

  it('is repeated when it is a GET', async () => {
    asterisk.faults.next({ path: '/asterisk/ping' }).times(2).drop();
    expect((await client.asterisk.ping()).ping).toBe('pong');
    expect(asked('GET', '/asterisk/ping')).toBe(3);
  });

  it('is repeated so often and no more, and not at all if the call or the client says so', async () => {
    asterisk.faults.next({ path: '/asterisk/ping' }).times(3).drop();
    await expect(client.asterisk.ping()).rejects.toThrow(AriConnectionError);
    expect(asked('GET', '/asterisk/ping')).toBe(3);
    asterisk.faults.next({ path: '/asterisk/ping' }).drop();
    await expect(client.asterisk.ping({ retry: false })).rejects.toMatchObject({ delivery: 'outcomeUnknown' });
    asterisk.faults.next({ path: '/asterisk/ping' }).times(5).drop();
    await client.asterisk.ping({ retry: { maxRetries: 5 } });
    await using other = await connect(asterisk.url, asterisk.username, asterisk.password, { ...way, retry: false });
    asterisk.faults.next({ path: '/asterisk/ping' }).drop();
    await expect(other.asterisk.ping()).rejects.toThrow(AriConnectionError);
  });

  it('is not repeated when it does something that could be done twice: the outcome is unknown', async () => {
    const channel = await client.channels.originate({ endpoint: 'Local/wait@default', app: 'hello' });
    asterisk.faults.next({ method: 'POST', path: `/channels/${channel.id}/dtmf` }).dropAnswer();
    await expect(channel.sendDTMF({ dtmf: '1' })).rejects.toMatchObject({
      name: 'AriConnectionError',
      delivery: 'outcomeUnknown',
    });
    expect(asked('POST', `/channels/${channel.id}/dtmf`)).toBe(1);
  });

  it('is repeated when it is a PUT; a DELETE that finds nothing the second time has succeeded', async () => {
    asterisk.faults.next({ method: 'PUT' }).dropAnswer();
    await client.deviceStates.update({ deviceName: 'Stasis:lamp', deviceState: 'BUSY' });
    expect((await client.deviceStates.get({ deviceName: 'Stasis:lamp' })).state).toBe('BUSY');
    const channel = await client.channels.originate({ endpoint: 'Local/wait@default', app: 'hello' });
    asterisk.faults.next({ method: 'DELETE' }).dropAnswer();
    await channel.hangup();
    expect(asked('DELETE', `/channels/${channel.id}`)).toBe(2);
    await expect(channel.hangup()).rejects.toThrow(NotFoundError);
  });

  it('a creation under an id of ours is confirmed by asking', async () => {
    asterisk.faults.next({ method: 'POST', path: '/bridges/mine' }).dropAnswer();
    const bridge = await client.bridges.createWithId({ bridgeId: 'mine', type: 'mixing' });
    expect(bridge.id).toBe('mine');
    const handle = client.channels.handle();
    asterisk.faults.next({ method: 'POST', path: `/channels/${handle.id}` }).dropAnswer();
    const channel = await handle.originateWithId({ endpoint: 'Local/wait@default', extension: 'wait' });
    expect(channel.id).toBe(handle.id);
    expect(asked('POST', `/channels/${handle.id}`)).toBe(1);
  });

  it('a bridge that did not come into being is created again, a call is never placed twice', async () => {
    asterisk.faults.next({ method: 'POST', path: '/bridges/mine' }).drop();
    expect((await client.bridges.createWithId({ bridgeId: 'mine' })).id).toBe('mine');
    expect(asked('POST', '/bridges/mine')).toBe(2);
    const handle = client.channels.handle();
    asterisk.faults.next({ method: 'POST', path: `/channels/${handle.id}` }).drop();
    await expect(handle.originateWithId({ endpoint: 'Local/wait@default', app: 'hello' })).rejects.toMatchObject({
      delivery: 'outcomeUnknown',
    });
    expect(asked('POST', `/channels/${handle.id}`)).toBe(1);
  });

  it.each<[string, boolean, (world: World) => Promise<{ id?: string; name?: string }>]>([
    ['bridges.createWithId', true, ({ id }) => client.bridges.createWithId({ bridgeId: id, type: 'mixing' })],
    ['bridges.create', true, ({ id }) => client.bridges.create({ bridgeId: id })],
    ['channels.play', true, ({ id, channel }) => channel.play({ playbackId: id, media: 'sound:demo-congrats' })],
    ['channels.playWithId', true, ({ id, channel }) => channel.playWithId({ playbackId: id, media: 'tone:ring' })],
    ['channels.record', true, ({ id, channel }) => channel.record({ name: id, format: 'wav' })],
    ['bridges.play', true, ({ id, bridge }) => bridge.play({ playbackId: id, media: 'sound:demo-congrats' })],
    ['bridges.record', true, ({ id, bridge }) => bridge.record({ name: id, format: 'wav' })],
    [
      'channels.snoopChannel',
      false,
      ({ id, channel }) => channel.snoopChannel({ snoopId: id, spy: 'in', app: 'other' }),
    ],
    ['channels.create', false, ({ id }) => client.channels.create({ channelId: id, endpoint, app: 'other' })],
    [
      'channels.originate',
      false,
      ({ id }) => client.channels.originate({ channelId: id, endpoint, extension: 'wait' }),
    ],
  ])('%s: confirmed when it took place; if not, created again: %s', async (name, repeated, create) => {
    await client.start('hello');
    // A channel that comes into an application whose connection has just broken ends.
    await using other = await connect(asterisk.url, asterisk.username, asterisk.password);
    await other.start('other');
    const bridge = await client.bridges.create({ type: 'mixing' });
    const started = client.waitFor('StasisStart');
    const channel = await client.channels.originate({ endpoint, app: 'hello' });
    await started;
    await channel.answer();
    const id = name.replace('.', '-');
    const made = (outcome: { id?: string; name?: string }): string | undefined => outcome.id ?? outcome.name;
    asterisk.faults.next({ method: 'POST' }).dropAnswer();
    expect(made(await create({ id: `${id}-1`, channel, bridge }))).toBe(`${id}-1`);
    asterisk.faults.next({ method: 'POST' }).drop();
    const second = create({ id: `${id}-2`, channel, bridge });
    if (repeated) {
      expect(made(await second)).toBe(`${id}-2`);
    } else {
      await expect(second).rejects.toMatchObject({ delivery: 'outcomeUnknown' });
    }
  });

  it('a call under an id of Asterisk is neither repeated nor asked for', async () => {
    asterisk.faults.next({ method: 'POST', path: '/channels' }).drop();
    await expect(client.channels.originate({ endpoint: 'Local/wait@default', app: 'hello' })).rejects.toThrow(
      AriConnectionError,
    );
    expect(asked('POST', '/channels')).toBe(1);
  });

  it('answers of Asterisk are never repeated, but for those of a server that is starting', async () => {
    asterisk.faults.next({ path: '/asterisk/ping' }).fail(500);
    await expect(client.asterisk.ping()).rejects.toThrow(ServerError);
    asterisk.faults.next({ method: 'POST' }).fail(409, 'Bridge exists');
    await expect(client.bridges.createWithId({ bridgeId: 'mine' })).rejects.toThrow(ConflictError);
    expect(asked('POST', '/bridges/mine')).toBe(1);
  });
});

describe.each(ways)('a request while Asterisk is starting, by %s', (_name, way) => {
  beforeEach(() => begin(way));

  it('waits, whatever it is', async () => {
    asterisk.setBooted(false);
    const created = client.bridges.createWithId({ bridgeId: 'mine' });
    await expect.poll(() => asked('POST', '/bridges/mine')).toBeGreaterThan(3);
    asterisk.setBooted(true);
    expect((await created).id).toBe('mine');
  });

  it('waits not longer than its time allows, and says what Asterisk said', async () => {
    asterisk.setBooted(false);
    await expect(client.asterisk.ping({ timeoutMs: 100 })).rejects.toThrow(/503 Asterisk not booted/);
    await expect(client.asterisk.ping({ retry: false })).rejects.toThrow(ServerError);
    const controller = new AbortController();
    const given = client.asterisk.ping({ signal: controller.signal });
    controller.abort();
    await expect(given).rejects.toThrow(AriAbortError);
  });

  it('connect() waits too', async () => {
    asterisk.setBooted(false);
    const connecting = connect(asterisk.url, asterisk.username, asterisk.password, { ...way, retry: quick });
    await expect.poll(() => asked('GET', '/asterisk/info')).toBeGreaterThan(3);
    asterisk.setBooted(true);
    await using other = await connecting;
    expect(other.asteriskVersion).toBe('22.10.1');
  });

  it('takes the page of an HTTP server without ARI for what it is: the object is not missing', async () => {
    await using raw = await RawAsterisk.start();
    await using mine = await connect(raw.url, 'ari', 'secret', { ...way, retry: quick });
    let pages = 0;
    raw.answer = (_, response) => {
      pages += 1;
      if (pages <= 5) {
        missingPage(response);
      } else {
        json(response, 404, { message: 'Bridge not found' });
      }
    };
    await expect(mine.bridges.get({ bridgeId: 'x' })).rejects.toThrow(/404 Bridge not found/);
    expect(pages).toBe(7);
    expect(raw.requests.at(-2)).toBe('GET /ari/asterisk/ping');
  });
});

describe.each(ways)('every request ends, by %s', (_name, way) => {
  beforeEach(() => begin(way));

  it('when nothing ever comes back: by its time limit', async () => {
    asterisk.faults.next({ path: '/asterisk/ping' }).hang();
    const error = await client.asterisk.ping({ timeoutMs: 60 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AriTimeoutError);
    expect(error).toMatchObject({ timeoutMs: 60, delivery: 'outcomeUnknown' });
  });

  it('when the caller gives up, and when the client closes: at once, in every state', async () => {
    await using proxy = await FaultProxy.start(asterisk.url);
    const mine = await connect(proxy.url, asterisk.username, asterisk.password, {
      ...way,
      maxSockets: 1,
      timeoutMs: 0,
    });
    proxy.freeze();
    const sent = mine.asterisk.ping();
    const queued = mine.asterisk.ping();
    await new Promise((resolve) => setImmediate(resolve));
    const controller = new AbortController();
    const aborted = mine.asterisk.ping({ signal: controller.signal });
    controller.abort(new Error('changed my mind'));
    await expect(aborted).rejects.toMatchObject({ delivery: 'notSent', cause: new Error('changed my mind') });
    await mine.close();
    await expect(sent).rejects.toMatchObject({ name: 'AriAbortError', delivery: 'outcomeUnknown' });
    await expect(queued).rejects.toMatchObject({ name: 'AriAbortError', delivery: 'notSent' });
    await expect(mine.asterisk.ping()).rejects.toThrow(/client is closed/);
  });

  it('while it waits to be repeated: close() and the signal end that as well', async () => {
    // Each pause is as long as chance says, up to that.
    const slow = { minDelayMs: 2_000_000_000, maxDelayMs: 2_000_000_000 };
    const mine = await connect(asterisk.url, asterisk.username, asterisk.password, {
      ...way,
      retry: slow,
      timeoutMs: 0,
    });
    asterisk.faults.next({ path: '/asterisk/ping' }).times(2).drop();
    const first = mine.asterisk.ping();
    const controller = new AbortController();
    const second = mine.asterisk.ping({ signal: controller.signal });
    await expect.poll(() => asked('GET', '/asterisk/ping')).toBe(2);
    controller.abort();
    await expect(second).rejects.toThrow(AriAbortError);
    await mine.close();
    await expect(first).rejects.toThrow(AriAbortError);
  });

  it.each([0, 1, 20, 200])('when the answer is cut after %i bytes', async (bytes) => {
    await using proxy = await FaultProxy.start(asterisk.url);
    await using mine = await connect(proxy.url, asterisk.username, asterisk.password, { ...way, retry: false });
    await mine.asterisk.getInfo();
    proxy.cutAnswerAfter(bytes);
    await expect(mine.asterisk.getInfo()).rejects.toMatchObject({
      name: 'AriConnectionError',
      delivery: 'outcomeUnknown',
    });
  });

  it('when the answer is cut: a GET is asked again', async () => {
    await using proxy = await FaultProxy.start(asterisk.url);
    await using mine = await connect(proxy.url, asterisk.username, asterisk.password, { ...way, retry: quick });
    proxy.cutAnswerAfter(200);
    expect((await mine.asterisk.getInfo()).system?.version).toBe('22.10.1');
  });

  it('when Asterisk has closed a kept connection in the meantime', async () => {
    await using proxy = await FaultProxy.start(asterisk.url);
    await using mine = await connect(proxy.url, asterisk.username, asterisk.password, { ...way, retry: quick });
    for (let time = 0; time < 5; time += 1) {
      await mine.asterisk.ping();
      proxy.cut('end');
      await mine.deviceStates.update({ deviceName: 'Stasis:lamp', deviceState: 'INUSE' });
    }
  });

  it('when nobody listens: certainly not sent, whatever it was', async () => {
    await using proxy = await FaultProxy.start(asterisk.url);
    await using mine = await connect(proxy.url, asterisk.username, asterisk.password, { ...way, retry: quick });
    proxy.refuse();
    proxy.cut();
    await expect(mine.asterisk.ping()).rejects.toThrow(/could not be reached \(ECONNREFUSED\)/);
    await expect(mine.channels.originate({ endpoint: 'Local/wait@default', app: 'hello' })).rejects.toMatchObject({
      delivery: 'notSent',
    });
    const later = mine.bridges.create({}, { retry: { maxRetries: 200, minDelayMs: 5, maxDelayMs: 5 } });
    await proxy.accept();
    expect((await later).id).not.toBe('');
  });

  it('when its answer is lost and nobody listens any more: what became of it is unknown', async () => {
    await using proxy = await FaultProxy.start(asterisk.url);
    await using mine = await connect(proxy.url, asterisk.username, asterisk.password, { ...way, retry: quick });
    asterisk.faults.next({ method: 'DELETE' }).hang();
    const asking = mine.channels.hangup({ channelId: 'x' }).catch((error: unknown) => error);
    await expect.poll(() => asked('DELETE', '/channels/x')).toBe(1);
    proxy.refuse();
    proxy.cut();
    expect(await asking).toMatchObject({
      name: 'AriConnectionError',
      delivery: 'outcomeUnknown',
      message: expect.stringMatching(
        /could not be reached \(ECONNREFUSED\); an earlier attempt may have been carried out$/,
      ) as string,
      cause: { name: 'AriConnectionError', delivery: 'notSent' },
    });
  });

  it('when too many wait already: the error says so', async () => {
    await using proxy = await FaultProxy.start(asterisk.url);
    const options = { ...way, maxSockets: 1, maxQueued: 2 };
    const mine = await connect(proxy.url, asterisk.username, asterisk.password, options);
    proxy.freeze();
    const pending = [1, 2, 3].map(() => mine.asterisk.ping().catch((error: unknown) => error));
    await expect(mine.asterisk.ping()).rejects.toThrow(/2 requests wait for a connection already/);
    await mine.close();
    expect(await Promise.all(pending)).toEqual([1, 2, 3].map(() => expect.any(AriAbortError) as AriAbortError));
  });
});

describe('many requests at once', () => {
  beforeEach(() => begin({}));

  it('stay within the sessions that Asterisk allows, however many there are', async () => {
    await using small = await startAsterisk({ sessionLimit: 11 });
    await using mine = await connect(small.url, small.username, small.password);
    await mine.start('hello');
    const answers = await Promise.all(Array.from({ length: 200 }, () => mine.asterisk.ping({ retry: false })));
    expect(answers).toHaveLength(200);
  });
});

describe.each(ways)('answers that are not what they should be, by %s', (_name, way) => {
  beforeEach(() => begin(way));

  it.each([
    ['a page instead of JSON', 'text/html', '<html><body>hello</body></html>', AriProtocolError],
    ['nothing at all', 'application/json', '', AriProtocolError],
    ['half of it', 'application/json', '{"id":"x"', AriProtocolError],
    ['a list instead of an object', 'application/json', '[]', AriProtocolError],
    ['a number instead of an object', 'application/json', '7', AriProtocolError],
    ['null', 'application/json', 'null', AriProtocolError],
  ])('%s', async (_name, type, body, errorClass) => {
    await using raw = await RawAsterisk.start();
    await using mine = await connect(raw.url, 'ari', 'secret', way);
    raw.answer = (_, response) => response.writeHead(200, { 'content-type': type }).end(body);
    await expect(mine.bridges.get({ bridgeId: 'x' })).rejects.toThrow(errorClass);
  });

  it('fields of the wrong type, lists aside, stay what they are, and break nothing', async () => {
    await using raw = await RawAsterisk.start();
    await using mine = await connect(raw.url, 'ari', 'secret', way);
    raw.answer = (_, response) => json(response, 200, { id: 7, channels: [7], bridge_type: null });
    const bridge = await mine.bridges.get({ bridgeId: 'x' });
    expect(bridge.toJSON()).toEqual({ id: 7, channels: [7], bridge_type: null });
  });

  it.each([301, 400, 418, 500, 502, 504])('an error page with status %i keeps its words', async (status) => {
    await using raw = await RawAsterisk.start();
    await using mine = await connect(raw.url, 'ari', 'secret', { ...way, retry: false });
    raw.answer = (_, response) => page(response, status, 'Proxy trouble');
    const error = await mine.asterisk.ping().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AriHttpError);
    expect(error).toMatchObject({ status, serverMessage: 'Proxy trouble' });
  });

  it('a proxy that has lost Asterisk for a moment is asked again for what only reads', async () => {
    await using raw = await RawAsterisk.start();
    await using mine = await connect(raw.url, 'ari', 'secret', { ...way, retry: quick });
    const statuses = [502, 503];
    raw.answer = (_, response) => {
      const status = statuses.shift();
      if (status === undefined) {
        json(response, 200, { ping: 'pong' });
      } else {
        page(response, status, 'Bad Gateway');
      }
    };
    expect((await mine.asterisk.ping()).ping).toBe('pong');
    raw.answer = (_, response) => page(response, 503, 'Service Unavailable');
    await expect(mine.bridges.createWithId({ bridgeId: 'x' })).rejects.toThrow(ServerError);
    expect(raw.requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
  });

  it('something that is no HTTP at all', async () => {
    await using raw = await RawAsterisk.start();
    await using mine = await connect(raw.url, 'ari', 'secret', { ...way, retry: false });
    raw.answer = (_, response) => response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n');
    await expect(mine.asterisk.ping()).rejects.toThrow(AriConnectionError);
  });
});
