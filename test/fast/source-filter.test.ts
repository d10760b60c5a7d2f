import { connect, AriValidationError, type AriClient, type ConnectOptions, type Subscription } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let asterisk: TestAsterisk;
let other: AriClient;
const clients: AriClient[] = [];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  asterisk = await startAsterisk({ journalLimit: 100_000 });
  other = await newClient();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await asterisk.close();
  vi.useRealTimers();
});

async function newClient(options: ConnectOptions = {}): Promise<AriClient> {
  const client = await connect(asterisk.url, asterisk.username, asterisk.password, options);
  clients.push(client);
  return client;
}

async function begin(apps: string | string[] = 'hello', options: ConnectOptions = {}): Promise<AriClient> {
  const client = await newClient({ eventFilter: 'auto', ...options });
  await client.start(apps);
  return client;
}

/** The filters that were set, in their order. */
function filters(app = 'hello'): string[][] {
  return asterisk.journal
    .requestsTo({ method: 'PUT', path: `/applications/${app}/eventFilter` })
    .map(({ body }) => (body as { allowed: { type: string }[] }).allowed.map(({ type }) => type));
}

/** What is let through now; an empty list is everything. */
async function allowed(app = 'hello'): Promise<string[]> {
  const { events_allowed: list } = await other.applications.get({ applicationName: app });
  return (list as { type: string }[]).map(({ type }) => type);
}

function faultsOf(app: string) {
  return asterisk.faults.next({ method: 'PUT', path: `/applications/${app}/eventFilter` });
}

/** Lets the client's time pass, and what it then asks of Asterisk be answered. */
async function pass(ms: number, client: AriClient): Promise<void> {
  for (let left = ms; left > 0; left -= 1_000) {
    await vi.advanceTimersByTimeAsync(Math.min(left, 1_000));
    await client.asterisk.ping();
    await client.asterisk.ping();
  }
}

describe.each(['http', 'auto'] as const)("eventFilter: 'auto', requests by %s", (transport) => {
  it('has Asterisk send what is listened to and what the client lives on, and nothing else', async () => {
    const client = await newClient({ eventFilter: 'auto', transport });
    client.on('ChannelVarset', () => undefined);
    client.channels.on('ChannelDtmfReceived', () => undefined);
    client.bridges.handle('b').on('BridgeMerged', () => undefined);
    void client.waitFor('Dial');
    const stream = client.stream('ChannelHold');
    await client.start('hello');
    await pass(1_000, client);
    const types = await allowed();
    expect(types).toEqual(expect.arrayContaining(['ChannelVarset', 'ChannelDtmfReceived', 'BridgeMerged', 'Dial']));
    expect(types).toEqual(expect.arrayContaining(['ChannelHold', 'RESTResponse', 'ApplicationReplaced']));
    expect(types).toEqual(expect.arrayContaining(['StasisStart', 'StasisEnd', 'ChannelDestroyed', 'PlaybackFinished']));
    expect(types).not.toContain('ChannelStateChange');
    await stream.return();
  });

  it('lets everything through as soon as something else is listened to, and narrows later', async () => {
    const client = await begin('hello', { transport });
    await pass(1_000, client);
    const before = filters().length;
    const subscription = client.on('ChannelVarset', () => undefined);
    client.on('ChannelHold', () => undefined);
    await subscription.ready;
    expect(await allowed()).toEqual([]);
    await pass(1_000, client);
    expect(filters()).toHaveLength(before + 2);
    expect(await allowed()).toEqual(expect.arrayContaining(['ChannelVarset', 'ChannelHold']));
  });

  it('a request is sent after Asterisk lets through what it may cause', async () => {
    const client = await begin('hello', { transport });
    const started = client.waitFor('StasisStart');
    await other.channels.originate({ endpoint: 'Local/wait@default', app: 'hello' });
    const { channel } = await started;
    await pass(1_000, client);
    const heard = channel.waitFor('ChannelVarset', { timeoutMs: 5_000 });
    await channel.setChannelVar({ variable: 'color', value: 'red' });
    expect((await heard).value).toBe('red');
  });
});

describe("eventFilter: 'auto'", () => {
  it('is kept for each application, again after a reconnection, and given back by stop()', async () => {
    const client = await begin(['hello', 'world'], { reconnect: { minDelayMs: 1, maxDelayMs: 1 } });
    client.on('ChannelVarset', () => undefined);
    await pass(1_000, client);
    expect(await allowed('world')).toContain('ChannelVarset');
    const open = client.waitFor('gap');
    vi.useRealTimers();
    asterisk.faults.dropSocket();
    await open;
    expect(filters('world').at(-1)).toEqual([]);
    await vi.waitFor(async () => expect(await allowed('world')).toContain('ChannelVarset'), { timeout: 5_000 });
    await client.stop();
    expect(filters('hello').at(-1)).toEqual([]);
    expect(filters('world').at(-1)).toEqual([]);
  });

  it.each(['*', 'unknown', 'malformed'] as const)("a listener to '%s' hears everything", async (type) => {
    const client = await begin();
    client.on(type, () => undefined);
    await pass(1_000, client);
    expect(await allowed()).toEqual([]);
  });

  it('full validation sees everything', async () => {
    const client = await begin('hello', { validation: 'full' });
    await pass(1_000, client);
    expect(await allowed()).toEqual([]);
  });

  it('a type is sent for a while after its last listener has gone', async () => {
    const client = await begin();
    const subscription = client.on('ChannelVarset', () => undefined);
    await pass(1_000, client);
    subscription.close();
    await pass(5_000, client);
    const count = filters().length;
    client.on('ChannelVarset', () => undefined).close();
    await pass(5_000, client);
    expect(filters()).toHaveLength(count);
    await pass(20_000, client);
    expect(await allowed()).not.toContain('ChannelVarset');
  });

  it('a filter of its own is refused for its applications, not for others', async () => {
    const client = await begin();
    const filter = { allowed: [{ type: 'Dial' }] };
    await expect(client.applications.filter({ applicationName: 'hello', filter })).rejects.toThrow(AriValidationError);
    await expect(client.applications.filter({ applicationName: 'hello', filter })).rejects.toThrow(
      /eventFilter: 'auto'/,
    );
    await (await newClient()).start('foreign');
    await client.applications.filter({ applicationName: 'foreign', filter });
  });

  it('a filter of its own is refused whichever way its application is named', async () => {
    const client = await begin();
    const application = await client.applications.get({ applicationName: 'hello' });
    const filter = { allowed: [{ type: 'Dial' }] };
    await expect(client.applications.filter({ applicationName: application, filter })).rejects.toThrow(
      /eventFilter: 'auto'/,
    );
    await expect(application.filter({ filter })).rejects.toThrow(/eventFilter: 'auto'/);
  });

  it('a filter that somebody has left there goes, what it forbids included', async () => {
    await other.start('hello');
    const filter = { allowed: [{ type: 'Dial' }], disallowed: [{ type: 'ChannelVarset' }] };
    await other.applications.filter({ applicationName: 'hello', filter });
    await begin();
    const { events_allowed, events_disallowed } = await other.applications.get({ applicationName: 'hello' });
    expect({ events_allowed, events_disallowed }).toEqual({ events_allowed: [], events_disallowed: [] });
  });

  it('an application that another connection takes over has its filter no more', async () => {
    const client = await begin(['hello', 'world']);
    await pass(1_000, client);
    expect(await allowed()).not.toEqual([]);
    await other.start('hello');
    await vi.waitFor(async () => expect(await allowed()).toEqual([]));
    expect(await allowed('world')).not.toEqual([]);
  });

  describe.each([
    ['refused by an error of the server', (puts: ReturnType<typeof faultsOf>) => puts.fail(500)],
    ['refused for good', (puts: ReturnType<typeof faultsOf>) => puts.fail(403)],
    ['without an answer', (puts: ReturnType<typeof faultsOf>) => puts.dropAnswer()],
  ])('a change that is %s', (_how, spoil) => {
    it.each([
      ['widening', 'hello', 'before'],
      ['narrowing', 'hello', 'after'],
      ['narrowing of one of two applications', 'world', 'after'],
    ])('costs no event: %s', async (_what, app, when) => {
      const client = await begin(['hello', 'world'], { transport: 'http', timeoutMs: 1_000 });
      const channel = other.channels.handle();
      const started = client.waitFor('StasisStart');
      await channel.originateWithId({ endpoint: 'Local/wait@default', app: 'hello' });
      await started;
      if (when === 'before') await pass(1_000, client);
      spoil(faultsOf(app));
      if (when === 'after') await pass(1_000, client);
      const heard: string[] = [];
      const subscription = client.on('ChannelVarset', ({ variable }) => heard.push(variable));
      const waiting = new Set([subscription]);
      void subscription.ready.then(() => waiting.clear());
      for (let waited = 0; waiting.size > 0 && waited < 30; waited += 1) await pass(1_000, client);
      expect(waiting.size).toBe(0);
      await channel.setChannelVar({ variable: 'color', value: 'red' });
      await vi.waitFor(() => expect(heard).toContain('color'));
    });
  });

  it('a request does not wait for a change for ever, and the log says what that may cost', async () => {
    const lines: string[] = [];
    const nothing = (): void => undefined;
    const logger = { debug: nothing, info: nothing, error: nothing, warn: (line: string) => void lines.push(line) };
    const client = await begin('hello', { logger });
    await pass(1_000, client);
    faultsOf('hello').delay(3_000);
    client.on('ChannelVarset', () => undefined);
    const answered = client.channels.list();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await answered).toEqual([]);
    expect(lines.filter((line) => line.includes('what channels.list causes may not be heard'))).toHaveLength(1);
  });

  it('a user who may only read gets every event, and one line in the log', async () => {
    const lines: string[] = [];
    const nothing = (): void => undefined;
    const logger = { debug: nothing, info: nothing, error: nothing, warn: (line: string) => void lines.push(line) };
    const client = await connect(asterisk.url, 'reader', 'reader-secret', { eventFilter: 'auto', logger });
    clients.push(client);
    await client.start('hello');
    const subscription = client.on('ChannelVarset', () => undefined);
    await subscription.ready;
    await pass(5_000, client);
    expect(lines.filter((line) => line.includes('not filtered'))).toHaveLength(1);
    await client.close();
  });

  it.each(['off', true, {}, 'Auto'])('is refused where it is %s', async (eventFilter) => {
    const options = { eventFilter } as unknown as ConnectOptions;
    await expect(newClient(options)).rejects.toThrow("option 'eventFilter' must be 'auto' or false");
  });

  it('nothing is asked of Asterisk without it', async () => {
    const client = await newClient();
    await client.start('hello');
    client.on('ChannelVarset', () => undefined);
    await pass(5_000, client);
    await client.close();
    expect(filters()).toEqual([]);
  });

  it('no event is lost that a listener could hear which was there before it', async () => {
    const client = await begin('hello', { transport: 'websocket' });
    const channel = other.channels.handle();
    const started = client.waitFor('StasisStart');
    await channel.originateWithId({ endpoint: 'Local/wait@default', app: 'hello' });
    await started;
    const causes = {
      ChannelVarset: () => channel.setChannelVar({ variable: 'a', value: 'b' }),
      ChannelUserevent: () =>
        other.events.userEvent({ eventName: 'x', application: 'hello', source: `channel:${channel.id}` }),
    };
    const type = fc.constantFrom('ChannelVarset' as const, 'ChannelUserevent' as const);
    const step = fc.oneof(
      fc.record({ do: fc.constant('listen' as const), type }),
      fc.record({ do: fc.constant('leave' as const), index: fc.nat(5) }),
      fc.record({ do: fc.constant('cause' as const), type }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(0, 10, 999, 1_000, 2_500, 11_000) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const listeners: { type: keyof typeof causes; due: number; heard: number; subscription: Subscription }[] = [];
        for (const each of steps) {
          if (each.do === 'listen') {
            const entry = { type: each.type, due: 0, heard: 0 };
            const subscription = client.on(each.type, () => void (listener.heard += 1));
            const listener = { ...entry, subscription };
            listeners.push(listener);
            await subscription.ready;
          } else if (each.do === 'leave') {
            listeners[each.index]?.subscription.close();
          } else if (each.do === 'cause') {
            for (const listener of listeners) {
              listener.due += listener.type === each.type && !listener.subscription.closed ? 1 : 0;
            }
            await causes[each.type]();
            await client.asterisk.ping();
          } else {
            await pass(each.ms, client);
          }
        }
        await client.asterisk.ping();
        for (const { subscription } of listeners) {
          subscription.close();
        }
        expect(listeners.map(({ heard }) => heard)).toEqual(listeners.map(({ due }) => due));
      }),
      { numRuns: 60 },
    );
  });
});
