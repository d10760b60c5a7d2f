import { channel } from 'node:diagnostics_channel';
import { connect, type AriClient } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { callsOf, cutCall, record, stringify, type Recorder, type TraceEntry } from 'asterisk-ari/trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, RawAsterisk } from '../faults/support/raw-asterisk.js';
import { atOnce, until } from '../faults/support/states.js';
import { askForBob, startMenu } from './support/menu.js';

const channels = ['request:start', 'request:end', 'request:error', 'event', 'connection', 'gap'] as const;

let asterisk: TestAsterisk;
let client: AriClient;

beforeEach(async () => {
  asterisk = await startAsterisk();
  client = await startMenu(asterisk);
});

afterEach(async () => {
  await client.close();
  await asterisk.close();
});

function kinds(entries: readonly TraceEntry[]): string[] {
  return entries.map((entry) => (entry.kind === 'event' ? entry.type : entry.kind));
}

function areHeard(): boolean {
  return channels.some((name) => channel(`asterisk-ari:${name}`).hasSubscribers);
}

describe('a recorder', () => {
  it('keeps requests with their answers, events, and the objects that they concern', async () => {
    using recorder = record({ clients: { menu: client } });
    await client.bridges.createWithId({ bridgeId: 'b/1', type: ['mixing'], name: 'hall' });
    await client.bridges.get({ bridgeId: 'none' }).catch(() => undefined);
    const [request, answer, ...rest] = recorder.entries;
    expect(request).toEqual({
      kind: 'request',
      seq: 1,
      at: expect.closeTo(Date.now(), -4) as number,
      client: 'menu',
      id: 1,
      operation: 'bridges.createWithId',
      method: 'POST',
      path: '/bridges/b%2F1',
      params: { bridgeId: 'b/1', type: 'mixing', name: 'hall' },
      objects: ['bridge:b/1'],
    });
    expect(answer).toMatchObject({
      kind: 'answer',
      request: 1,
      status: 200,
      attempts: 1,
      body: { id: 'b/1', name: 'hall' },
      objects: ['bridge:b/1'],
    });
    expect(rest.at(-1)).toMatchObject({
      kind: 'answer',
      request: 2,
      status: 404,
      error: 'NotFoundError: bridges.get: 404 Bridge not found (GET /bridges/none)',
      body: { message: 'Bridge not found' },
    });
  });

  it('keeps changes of the connection, and gaps', async () => {
    using recorder = record({ clients: { menu: client } });
    client.channels.handle('nobody').on('StasisEnd', () => undefined);
    const gap = client.waitFor('gap', { timeoutMs: 5_000 });
    asterisk.faults.dropSocket();
    await gap;
    const seen = recorder.entries.filter(({ kind }) => kind === 'connection' || kind === 'gap');
    expect(seen).toMatchObject([
      { state: 'reconnecting', previous: 'open', apps: ['menu'], attempt: 1, error: expect.any(String) as string },
      { state: 'open', previous: 'reconnecting' },
      { kind: 'gap', durationMs: expect.any(Number) as number, gone: { channels: [] } },
    ]);
  });

  it('tells what the client asks on its own account', async () => {
    using recorder = record();
    const channelId = asterisk.call({ to: 'stasis-menu' }).channelId;
    await client.waitFor('PlaybackFinished', { timeoutMs: 5_000 });
    client.channels.handle(channelId).on('StasisEnd', () => undefined);
    const gap = client.waitFor('gap', { timeoutMs: 5_000 });
    asterisk.faults.dropSocket();
    expect((await gap).alive.channels).toEqual([channelId]);
    const own = recorder.entries.filter((entry) => entry.kind === 'request' && entry.own === true);
    expect(own).toMatchObject([{ method: 'GET', objects: [`channel:${channelId}`] }]);
  });

  it('records those clients only that it is told to', async () => {
    const other = await connect(asterisk.url, asterisk.username, asterisk.password);
    using recorder = record({ clients: { other } });
    using all = record();
    await client.asterisk.ping();
    await other.asterisk.ping();
    await other.close();
    expect(new Set(recorder.entries.map(({ client: name }) => name))).toEqual(new Set(['other']));
    const names = new Set(all.entries.map(({ client: name }) => name));
    expect(names.size).toBe(2);
    expect([...names].every((name) => /^ari-\d+$/.test(name))).toBe(true);
  });

  it('gives entries as they come: to listeners, and to loops', async () => {
    const recorder = record({ clients: { menu: client } });
    const heard: TraceEntry[] = [];
    const listening = recorder.listen((entry) => heard.push(entry));
    const read = (async () => {
      const entries: TraceEntry[] = [];
      for await (const entry of recorder) {
        entries.push(entry);
      }
      return entries;
    })();
    await client.asterisk.ping();
    listening[Symbol.dispose]();
    await client.asterisk.ping();
    recorder.stop();
    expect(heard).toEqual(recorder.entries.slice(0, 2));
    expect(await read).toEqual(recorder.entries);
  });

  it('is bounded by entries and by bytes, and says what had to go', async () => {
    using few = record({ clients: { menu: client }, maxEntries: 3 });
    using small = record({ clients: { menu: client }, maxBytes: 700 });
    for (let count = 0; count < 4; count += 1) {
      await client.asterisk.ping();
    }
    expect(few.dropped).toBe(5);
    expect(few.entries.map(({ seq }) => seq)).toEqual([5, 6, 7, 8]);
    expect(few.entries[0]).toMatchObject({ kind: 'dropped', count: 5, client: '' });
    expect(small.entries.length).toBeLessThan(5);
    expect(small.entries[0]).toMatchObject({ kind: 'dropped', count: small.dropped });
  });

  it('counts bytes, not characters', async () => {
    using recorder = record({ clients: { menu: client }, maxBytes: 1000 });
    await client.asterisk.setGlobalVar({ variable: 'PRICE', value: '€'.repeat(300) });
    expect(kinds(recorder.entries)).toEqual(['dropped', 'answer']);
    await client.asterisk.setGlobalVar({ variable: 'PRICE', value: '$'.repeat(300) });
    expect(kinds(recorder.entries)).toEqual(['dropped', 'answer', 'request', 'answer']);
  });

  it('tells a slow loop how much it has missed', async () => {
    using recorder = record({ clients: { menu: client }, maxEntries: 2 });
    const loop = recorder[Symbol.asyncIterator]();
    await client.asterisk.ping();
    await client.asterisk.ping();
    expect((await loop.next()).value).toMatchObject({ kind: 'dropped', count: 2 });
    expect((await loop.next()).value).toMatchObject({ kind: 'request', id: 2 });
  });

  it('leaves nothing behind: no subscriber, and what was recorded stays', async () => {
    expect(areHeard()).toBe(false);
    const recorder = record();
    expect(areHeard()).toBe(true);
    await client.asterisk.ping();
    recorder.stop();
    expect(areHeard()).toBe(false);
    await client.asterisk.ping();
    expect(kinds(recorder.entries)).toEqual(['request', 'answer']);
    const loop = recorder[Symbol.asyncIterator]();
    expect((await loop.next()).done).toBe(true);
  });

  it('refuses options that are none', () => {
    expect(() => record({ maxEntries: 0 })).toThrow("option 'maxEntries' must be a whole number, at least 1, not 0");
    expect(() => record({ clients: { a: {} as never } })).toThrow("option 'clients.a' must be a client");
    expect(() => record({ clients: {} })).toThrow("option 'clients' must name a client at least");
    expect(() => record({ clients: { a: client, b: client } })).toThrow(
      "option 'clients.b' must be another client than clients.a",
    );
    expect(() => record({ size: 1 } as never)).toThrow("record: option 'size' does not exist");
    expect(areHeard()).toBe(false);
  });
});

describe('a call of a trace', () => {
  async function twoCalls(): Promise<[recorder: Recorder, ann: string, bob: string, eve: string]> {
    const recorder = record({ clients: { menu: client } });
    const ann = asterisk.call({ to: 'stasis-menu', from: '100' });
    const eve = asterisk.call({ to: 'stasis-menu', from: '200' });
    await eve.hears('sound:hello-world');
    await ann.hears('sound:hello-world');
    const bob = await askForBob(asterisk, client, ann);
    eve.hangup();
    bob.hangup();
    await ann.ended();
    await client.idle({ timeoutMs: 5_000 });
    recorder.stop();
    return [recorder, ann.channelId, bob.channelId, eve.channelId];
  }

  it('has what its channel has met, and nothing of others', async () => {
    const [{ entries }, ann, bob, eve] = await twoCalls();
    const text = stringify(cutCall(entries, ann));
    expect(text).toContain(bob);
    expect(text).not.toContain(eve);
    expect(cutCall(entries, bob)).toEqual(cutCall(entries, ann));
    expect(cutCall(entries, eve).length).toBeGreaterThan(4);
    expect(cutCall(entries, 'nobody')).toEqual([]);
    expect(callsOf(entries).map(({ channelId }) => channelId)).toEqual([ann, eve]);
    const [call] = callsOf(entries);
    expect(call?.objects.filter((ref) => ref.startsWith('channel:'))).toEqual([`channel:${ann}`, `channel:${bob}`]);
    expect(call?.objects.some((ref) => ref.startsWith('playback:'))).toBe(true);
    expect(call?.objects.filter((ref) => ref.startsWith('bridge:'))).toHaveLength(1);
  });
});

describe('credentials', () => {
  const password = 's3cr3t-pässword';
  const encoded = Buffer.from(`peter:${password}`).toString('base64');

  it('are never in a trace, wherever they are echoed', async () => {
    const raw = await RawAsterisk.start();
    const peter = await connect(raw.url, 'peter', password, {
      reconnect: atOnce,
      retry: false,
      transport: 'http',
      headers: { 'X-Tenant': 'tenant-token-4711' },
    });
    using recorder = record({ clients: { peter } });
    const open = until(peter, 'open');
    await peter.start('hello');
    await open;
    const echo = { authorization: `Basic ${encoded}`, api_key: 'anybody:else', note: `pw ${password}` };
    raw.answer = (_, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ ...echo, 'tenant-token-4711': encodeURIComponent(password) }));
    };
    await peter.asterisk.getInfo().catch(() => undefined);
    raw.answer = (request, response) => page(response, 500, `you sent ${request.headers.authorization}`);
    await peter.asterisk.ping().catch(() => undefined);
    await peter.channels
      .originate({
        endpoint: 'PJSIP/a',
        app: 'hello',
        variables: { NOTE: `http://peter:${password}@pbx/?api_key=x:${password}` },
      })
      .catch(() => undefined);
    raw.send(
      JSON.stringify({ type: 'ChannelUserevent', application: 'hello', userevent: { ...echo, deep: [password] } }),
    );
    await expect.poll(() => kinds(recorder.entries)).toContain('ChannelUserevent');
    await peter.close();
    await raw[Symbol.asyncDispose]();
    const text = stringify(recorder.entries);
    expect(text).toContain('"note":"pw ***"');
    for (const secret of [password, encoded, encodeURIComponent(password), 'anybody:else', 'tenant-token-4711']) {
      expect(text).not.toContain(secret);
    }
  });
});
