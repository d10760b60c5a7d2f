import { connect, type AriClient, type Channel, type ConnectOptions, type TransportChoice } from 'asterisk-ari';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openSilentPort } from '../support/silent-port.js';
import { realAsterisk } from './real.js';

const asterisk = realAsterisk('22');
let client: AriClient;
let overSocket: boolean;
let count = 0;

afterEach(() => client.close());

/** A client whose requests go the way that the test is about; resolves with its application. */
async function begin(transport: TransportChoice, options: ConnectOptions = {}): Promise<string> {
  const { url, username, password } = asterisk();
  overSocket = false;
  const debug = (text: string): void => {
    overSocket ||= text.startsWith('requests go over the event connection');
  };
  const logger = { debug, info: () => undefined, warn: () => undefined, error: () => undefined };
  client = await connect(url, username, password, { transport, logger, ...options });
  count += 1;
  const app = `transports-${process.pid}-${count}`;
  await client.start(app);
  await vi.waitFor(() => expect(overSocket).toBe(transport !== 'http'));
  return app;
}

async function enterStasis(app: string): Promise<Channel> {
  const channel = client.channels.handle();
  const entered = channel.waitFor('StasisStart', { timeoutMs: 10_000 });
  await channel.originateWithId({ endpoint: 'Local/wait@default', app });
  return (await entered).channel;
}

/** What is true after so many milliseconds: that it has come, or not. */
function within(ms: number, promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setTimeout(resolve, ms, false))]);
}

describe('a command that waits for a channel which is playing', () => {
  it.each(['auto', 'http'] as const)('keeps nothing else waiting: %s', async (transport) => {
    const app = await begin(transport);
    const [channel, other] = [await enterStasis(app), await enterStasis(app)];
    await channel.answer();
    const playback = await channel.play({ media: 'sound:demo-congrats' });
    const waiting = channel.setChannelVar({ variable: 'A', value: '1' });
    expect(await within(500, waiting)).toBe(false);
    const others = [
      client.asterisk.ping(),
      other.answer(),
      other.setChannelVar({ variable: 'B', value: '2' }),
      other.play({ media: 'sound:hello-world' }),
      channel.get(),
      channel.ring(),
    ];
    expect(await within(2_000, Promise.all(others))).toBe(true);
    expect(await within(100, waiting)).toBe(false);
    await playback.stop();
    expect(await within(2_000, waiting)).toBe(true);
    await Promise.all([channel.hangup(), other.hangup()]);
  });

  it('keeps what comes after it waiting where all goes over the event connection', async () => {
    const app = await begin('websocket');
    const channel = await enterStasis(app);
    await channel.answer();
    const playback = await channel.play({ media: 'sound:demo-congrats' });
    const waiting = channel.setChannelVar({ variable: 'A', value: '1' });
    const behind = client.asterisk.ping();
    expect(await within(1_000, Promise.race([waiting, behind]))).toBe(false);
    const { url, username, password } = asterisk();
    const rescuer = await connect(url, username, password, { transport: 'http' });
    await rescuer.playbacks.stop({ playbackId: playback.id });
    expect(await within(2_000, Promise.all([waiting, behind]))).toBe(true);
    await rescuer.close();
    await channel.hangup();
  });
});

describe('a command that nobody knows to take long', () => {
  it('keeps others waiting for a moment only, and its silence is not taken for a dead connection', async () => {
    const app = await begin('auto', { pingIntervalMs: 500 });
    using silent = await openSilentPort();
    const changes: unknown[] = [];
    client.on('state', (change) => changes.push(change));
    const channel = await enterStasis(app);
    // Asterisk waits two seconds for an AudioSocket server, and reads nothing of the event connection meanwhile.
    const hanging = client.channels
      .externalMedia({
        app,
        external_host: `127.0.0.1:${silent.port}`,
        format: 'slin',
        encapsulation: 'audiosocket',
        transport: 'tcp',
        data: '40325ec2-5efd-4bd3-805f-53576e581d13',
      })
      .catch((error: unknown) => error);
    const behind = client.bridges.list();
    expect(await within(1_000, behind)).toBe(true);
    expect(await within(500, channel.answer())).toBe(true);
    expect(await within(500, channel.hangup())).toBe(true);
    expect(await within(1, hanging)).toBe(false);
    expect(await hanging).toMatchObject({ status: 500 });
    expect(changes).toEqual([]);
  });
});

describe('requests over the event connection', () => {
  it('are carried out in the order in which they were made, without being awaited', async () => {
    const app = await begin('auto');
    const heard: string[] = [];
    client.on('ChannelUserevent', ({ eventname }) => heard.push(eventname));
    const names = Array.from({ length: 200 }, (_, index) => `event-${index}`);
    await Promise.all(names.map((eventName) => client.events.userEvent({ eventName, application: app })));
    await vi.waitFor(() => expect(heard).toHaveLength(names.length));
    expect(heard).toEqual(names);
  });

  it('go on behind a filter that allows other events only', async () => {
    const app = await begin('websocket');
    const filtered = await client.applications.filter({
      applicationName: app,
      filter: { allowed: [{ type: 'StasisStart' }] },
    });
    expect(filtered.events_allowed).toContainEqual({ type: 'RESTResponse' });
    const channel = await enterStasis(app);
    await channel.hangup();
  });

  it('go over HTTP behind a filter that disallows answers, and come back when it is gone', async () => {
    const app = await begin('websocket');
    const pings = Array.from({ length: 50 }, () => client.asterisk.ping());
    const filter = { disallowed: [{ type: 'RESTResponse' }] };
    await client.applications.filter({ applicationName: app, filter });
    expect(await within(2_000, Promise.all([...pings, client.asterisk.ping()]))).toBe(true);
    overSocket = false;
    await client.applications.filter({ applicationName: app, filter: { disallowed: [] } });
    await vi.waitFor(() => expect(overSocket).toBe(true));
    await client.asterisk.ping();
  });
});
