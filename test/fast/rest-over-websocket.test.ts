import {
  AriAbortError,
  AriConnectionError,
  AriTimeoutError,
  BadRequestError,
  connect,
  NotFoundError,
  UnsupportedOperationError,
  type AriClient,
  type ConnectOptions,
} from 'asterisk-ari';
import { Agent } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FaultProxy } from '../faults/support/proxy.js';
import { channelData, event } from '../support/events.js';
import { AnsweringAsterisk } from './support/answering-asterisk.js';
import { connectReady } from './support/connect-ready.js';

let asterisk: AnsweringAsterisk;
let client: AriClient;

/** A client whose event connection is open and, unless it cannot be, found fit for requests. */
async function begin(options: ConnectOptions = {}, release = '22.10.1', answersChecks = true): Promise<void> {
  asterisk = new AnsweringAsterisk(release);
  asterisk.answersChecks = answersChecks;
  client = await connectReady(await asterisk.start(), options, answersChecks && options.transport !== 'http');
}

afterEach(async () => {
  await client.close();
  await asterisk[Symbol.asyncDispose]();
});

/** Lets requests pile up: answers come when the test gives them. */
function hold(): void {
  asterisk.answer = () => undefined;
}

const bridgeData = (id: string): object => ({
  id,
  technology: 'simple_bridge',
  bridge_type: 'mixing',
  bridge_class: 'stasis',
  creator: 'Stasis',
  name: '',
  channels: [],
  video_mode: 'none',
  creationtime: '2026-11-23T01:23:45.000+0000',
});

describe('a request over the event connection', () => {
  it('is a message with method, path, query and body, and its answer makes domain objects', async () => {
    await begin();
    asterisk.answer = () => ({ status: 200, body: channelData('c/1') });
    const channel = await client.channels.get({ channelId: 'c/1' });
    expect(channel.id).toBe('c/1');
    await client.channels.hangup({ channelId: 'c/1', reason: 'busy' });
    await client.channels.play({ channelId: 'c/1', media: ['sound:a', 'sound:b,c'] }).catch(() => undefined);
    expect(asterisk.overSocket.map(({ request_id: _, ...request }) => request)).toEqual([
      { type: 'RESTRequest', method: 'GET', uri: 'channels/c%2F1' },
      { type: 'RESTRequest', method: 'DELETE', uri: 'channels/c%2F1?reason=busy' },
      {
        type: 'RESTRequest',
        method: 'POST',
        uri: expect.stringMatching(/^channels\/c%2F1\/play/) as string,
        content_type: 'application/json',
        message_body: expect.stringContaining('"media":["sound:a","sound:b,c"]') as string,
      },
    ]);
    expect(asterisk.overHttp).toEqual([]);
  });

  it('gets its own answer, in whatever order they come', async () => {
    await begin();
    hold();
    const ids = ['a', 'b', 'c', 'd'];
    const asked = ids.map((id) => client.bridges.get({ bridgeId: id }));
    await vi.waitFor(() => expect(asterisk.overSocket).toHaveLength(4));
    for (const request of asterisk.overSocket.toReversed()) {
      asterisk.respond(request, { status: 200, body: bridgeData(request.uri.slice('bridges/'.length)) });
    }
    expect((await Promise.all(asked)).map(({ id }) => id)).toEqual(ids);
    expect(new Set(asterisk.overSocket.map(({ request_id }) => request_id)).size).toBe(4);
  });

  it.each([
    [404, { message: 'Channel not found' }, NotFoundError, 'Channel not found'],
    [404, { message: 'Resource not found' }, UnsupportedOperationError, 'is not'],
    [400, { message: 'Wrong' }, BadRequestError, 'Wrong'],
    [400, undefined, BadRequestError, 'Words'],
  ])('that is answered %i %j fails as it does over HTTP', async (status, body, errorClass, words) => {
    await begin();
    asterisk.answer = () => ({ status, body });
    const failure = await client.channels.get({ channelId: 'x' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(errorClass);
    expect((failure as Error).message).toContain(words);
  });

  it('is no event: neither listeners of events nor of unknown ones hear its answer', async () => {
    await begin();
    const heard: unknown[] = [];
    client.on('*', (event) => heard.push(event));
    client.on('unknown', (event) => heard.push(event));
    client.on('RESTResponse', (event) => heard.push(event));
    await client.channels.ring({ channelId: 'x' });
    expect(asterisk.overSocket).toHaveLength(1);
    expect(heard).toEqual([]);
  });

  it('times out, and what comes later is nobody’s', async () => {
    await begin();
    hold();
    const failure = await client.channels.ring({ channelId: 'x' }, { timeoutMs: 30, retry: false }).catch(identity);
    expect(failure).toBeInstanceOf(AriTimeoutError);
    expect((failure as AriTimeoutError).delivery).toBe('outcomeUnknown');
    asterisk.respond(asterisk.overSocket[0] as never, { status: 204 });
    asterisk.answer = () => ({ status: 204 });
    await client.channels.ring({ channelId: 'y' });
  });

  it('is given up by its signal; one that waits for its turn was certainly not sent', async () => {
    await begin({ retry: false });
    hold();
    const abort = new AbortController();
    const onWay = Array.from({ length: 128 }, () => client.channels.ring({ channelId: 'x' }, { signal: abort.signal }));
    const waiting = client.channels.ring({ channelId: 'x' }, { signal: abort.signal });
    await vi.waitFor(() => expect(asterisk.overSocket).toHaveLength(128));
    abort.abort();
    const failures = await Promise.all([...onWay, waiting].map((each) => each.catch(identity)));
    expect(failures.every((failure) => failure instanceof AriAbortError)).toBe(true);
    const deliveries = failures.map((failure) => (failure as AriAbortError).delivery);
    expect(new Set(deliveries.slice(0, -1))).toEqual(new Set(['outcomeUnknown']));
    expect(deliveries.at(-1)).toBe('notSent');
    expect(asterisk.overSocket).toHaveLength(128);
  });

  it('has an unknown outcome when the connection breaks', async () => {
    await begin({ retry: false });
    hold();
    const asked = client.channels.ring({ channelId: 'x' }).catch(identity);
    await vi.waitFor(() => expect(asterisk.overSocket).toHaveLength(1));
    asterisk.socket?.terminate();
    const failure = await asked;
    expect(failure).toBeInstanceOf(AriConnectionError);
    expect((failure as AriConnectionError).delivery).toBe('outcomeUnknown');
  });

  it('is answered before stop() closes the connection', async () => {
    await begin();
    hold();
    const asked = client.channels.ring({ channelId: 'x' });
    await vi.waitFor(() => expect(asterisk.overSocket).toHaveLength(1));
    const stopped = client.stop();
    asterisk.respond(asterisk.overSocket[0] as never, { status: 204 });
    await asked;
    await stopped;
  });

  it('that is not answered keeps stop() waiting a moment only', async () => {
    await begin();
    hold();
    const asked = client.channels.ring({ channelId: 'x' }).catch(identity);
    await vi.waitFor(() => expect(asterisk.overSocket).toHaveLength(1));
    const begun = performance.now();
    await client.stop();
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(await asked).toMatchObject({ delivery: 'outcomeUnknown' });
  });

  it('is aborted by close()', async () => {
    await begin();
    hold();
    const asked = client.channels.ring({ channelId: 'x' }).catch(identity);
    await vi.waitFor(() => expect(asterisk.overSocket).toHaveLength(1));
    await client.close();
    expect(await asked).toBeInstanceOf(AriAbortError);
  });

  it('is repeated, over HTTP meanwhile, when that is safe', async () => {
    await begin({ reconnect: { delay: () => 60_000 } });
    hold();
    asterisk.httpAnswer = [];
    const asked = client.bridges.list();
    await vi.waitFor(() => expect(asterisk.overSocket).toHaveLength(1));
    asterisk.socket?.terminate();
    expect(await asked).toEqual([]);
    expect(asterisk.overHttp).toContain('GET /ari/bridges');
  });
});

describe('a request over the event connection that is sent again over HTTP, where nobody listens', () => {
  const mayBeDone = {
    delivery: 'outcomeUnknown',
    message: expect.stringMatching(/\(ECONNREFUSED\); an earlier attempt may have been carried out$/) as string,
  };
  let proxy: FaultProxy;

  /** A client whose event connection stays when nobody listens any more; requests over HTTP take a new connection each. */
  async function beginByProxy(options: ConnectOptions): Promise<void> {
    asterisk = new AnsweringAsterisk('22.10.1');
    proxy = await FaultProxy.start(await asterisk.start());
    client = await connectReady(proxy.url, { agent: new Agent(), ...options });
    hold();
    proxy.refuse();
  }

  afterEach(() => proxy[Symbol.asyncDispose]());

  it.each([
    ['auto', 'DELETE', () => client.channels.hangup({ channelId: 'x' })],
    ['auto', 'GET', () => client.channels.get({ channelId: 'x' })],
    ['websocket', 'DELETE', () => client.channels.hangup({ channelId: 'x' })],
    ['websocket', 'GET', () => client.channels.get({ channelId: 'x' })],
  ] as const)('may have been carried out all the same: %s, %s', async (transport, _method, ask) => {
    await beginByProxy({ transport });
    const failure = Promise.resolve(ask()).catch(identity);
    await vi.waitFor(() => expect(asterisk.overSocket).toHaveLength(1));
    asterisk.socket?.terminate();
    expect(await failure).toBeInstanceOf(AriConnectionError);
    expect(await failure).toMatchObject(mayBeDone);
  });

  it('may so as well if it was let go because another is not answered', async () => {
    await beginByProxy({ retry: false });
    const hanging = client.channels.hangup({ channelId: 'x' });
    await expect(client.bridges.list()).rejects.toMatchObject(mayBeDone);
    asterisk.respond(asterisk.overSocket[0] as never, { status: 204 });
    await hanging;
  });
});

describe('which way a request goes', () => {
  it('over HTTP before the event connection is open, and after it is closed', async () => {
    asterisk = new AnsweringAsterisk('22.10.1');
    client = await connect(await asterisk.start(), 'ari', 'secret');
    await client.channels.ring({ channelId: 'x' });
    expect(asterisk.overHttp).toHaveLength(1);
    await client.start('hello');
    await vi.waitFor(async () => {
      await client.channels.ring({ channelId: 'x' });
      expect(asterisk.overSocket).not.toHaveLength(0);
    });
    const before = asterisk.overHttp.length;
    await client.stop();
    await client.channels.ring({ channelId: 'x' });
    expect(asterisk.overHttp).toHaveLength(before + 1);
  });

  it('over HTTP where Asterisk is too old, without asking', async () => {
    await begin({}, '20.13.0', false);
    await client.channels.ring({ channelId: 'x' });
    expect(asterisk.overHttp).toHaveLength(1);
    expect(asterisk.checks).toBe(0);
  });

  it('over HTTP where Asterisk does not answer the ping', async () => {
    await begin({}, 'GIT-master-0123', false);
    await client.channels.ring({ channelId: 'x' });
    expect(asterisk.overHttp).toHaveLength(1);
    expect(asterisk.checks).toBe(1);
  });

  it('over HTTP for all, if the option says so', async () => {
    await begin({ transport: 'http' });
    await client.channels.ring({ channelId: 'x' });
    expect(asterisk.overHttp).toHaveLength(1);
    expect(asterisk.checks).toBe(0);
  });

  it('over HTTP for what may take long; not if the option says websocket', async () => {
    await begin();
    await client.channels.answer({ channelId: 'x' });
    await client.bridges.addChannel({ bridgeId: 'b', channel: 'x' });
    expect(asterisk.overHttp).toHaveLength(2);
    await client.close();
    await asterisk[Symbol.asyncDispose]();
    await begin({ transport: 'websocket' });
    await client.channels.answer({ channelId: 'x' });
    await client.bridges.addChannel({ bridgeId: 'b', channel: 'x' });
    expect(asterisk.overHttp).toEqual([]);
    expect(asterisk.overSocket).toHaveLength(2);
  });

  it('over HTTP for what would overtake a command to the same object that may take long', async () => {
    await begin();
    const channel = client.channels.handle('x');
    const commands = [channel.answer(), channel.ring(), client.channels.handle('y').ring()];
    await Promise.all(commands);
    await channel.ring();
    expect(asterisk.overHttp).toEqual(['POST /ari/channels/x/answer', 'POST /ari/channels/x/ring']);
    expect(asterisk.overSocket.map(({ uri }) => uri)).toEqual(['channels/y/ring', 'channels/x/ring']);
  });

  it('over HTTP for files and for what is too long for a frame', async () => {
    await begin({ transport: 'websocket' });
    (await client.recordings.getStoredFile({ recordingName: 'r' })).cancel();
    const variables = { LONG: 'ä'.repeat(40_000) };
    await client.channels.originate({ endpoint: 'Local/1', app: 'hello', variables }).catch(() => undefined);
    expect(asterisk.overHttp).toEqual(['GET /ari/recordings/stored/r/file', 'POST /ari/channels']);
    const shorter = { LONG: 'ä'.repeat(20_000) };
    await client.channels.originate({ endpoint: 'Local/1', app: 'hello', variables: shorter }).catch(() => undefined);
    expect(asterisk.overSocket).toHaveLength(1);
  });

  it('over HTTP after another connection took the first application over; a second one changes nothing', async () => {
    asterisk = new AnsweringAsterisk('22.10.1');
    client = await connect(await asterisk.start(), 'ari', 'secret', { transport: 'websocket' });
    await client.start(['first', 'second']);
    await vi.waitFor(async () => {
      await client.channels.ring({ channelId: 'x' });
      expect(asterisk.overSocket).not.toHaveLength(0);
    });
    await replaced('second');
    const before = asterisk.overHttp.length;
    await client.channels.ring({ channelId: 'x' });
    expect(asterisk.overHttp).toHaveLength(before);
    await client.close();
  });

  it('over HTTP while answers are missing: after one that did not come in time, a ping must be answered first', async () => {
    await begin({ retry: false });
    hold();
    asterisk.answersChecks = false;
    await client.channels.ring({ channelId: 'x' }, { timeoutMs: 30 }).catch(identity);
    await client.channels.ring({ channelId: 'y' });
    expect(asterisk.overHttp).toEqual(['POST /ari/channels/y/ring']);
  });
});

describe('an event filter', () => {
  it('that allows some events only allows answers as well', async () => {
    await begin();
    const checks = asterisk.checks;
    await client.applications.filter({ applicationName: 'hello', filter: { allowed: [{ type: 'Dial' }] } });
    expect(asterisk.overHttp).toEqual(['PUT /ari/applications/hello/eventFilter']);
    expect(JSON.parse(asterisk.httpBodies[0] ?? '')).toEqual({ allowed: [{ type: 'Dial' }, { type: 'RESTResponse' }] });
    await vi.waitFor(() => expect(asterisk.checks).toBe(checks + 1));
  });

  it('that stops the answers makes requests go over HTTP, and none is lost', async () => {
    await begin({ transport: 'websocket' });
    hold();
    const before = client.channels.ring({ channelId: 'x' });
    await vi.waitFor(() => expect(asterisk.overSocket).toHaveLength(1));
    const filtered = client.applications.filter({
      applicationName: 'hello',
      filter: { disallowed: [{ type: 'RESTResponse' }] },
    });
    asterisk.answersChecks = false;
    await new Promise((resolve) => setImmediate(resolve));
    expect(asterisk.overHttp).toEqual([]);
    asterisk.respond(asterisk.overSocket[0] as never, { status: 204 });
    await before;
    await filtered;
    await client.channels.ring({ channelId: 'y' });
    expect(asterisk.overHttp).toEqual(['PUT /ari/applications/hello/eventFilter', 'POST /ari/channels/y/ring']);
  });
});

/** Tells the client that another connection has an application now; resolves when it has understood. */
async function replaced(app: string): Promise<void> {
  const heard = client.waitFor('replaced', { timeoutMs: 5_000 });
  asterisk.send({ ...event('ApplicationReplaced', {}), application: app });
  await heard;
}

function identity(error: unknown): unknown {
  return error;
}
