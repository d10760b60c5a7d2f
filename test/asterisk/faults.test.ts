import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { AriConnectionError, connect, NotFoundError, ObjectGoneError, type AriClient } from 'asterisk-ari';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { killAsterisk, restartAsterisk } from '../../scripts/asterisk/index.js';
import { FaultProxy } from '../faults/support/proxy.js';
import { atOnce, names, until, watchStates } from '../faults/support/states.js';
import { realAsterisk } from './real.js';

/** An instance of their own: it is killed again and again. */
const choice = { name: 'faults', log: () => undefined };

const patience = { timeoutMs: 20_000 };

describe.each(['22', '16'] as const)('Asterisk %s', (release) => {
  const asterisk = realAsterisk(release, choice.name);
  let proxy: FaultProxy;
  let client: AriClient;
  let app: string;
  let count = 0;

  beforeEach(async () => {
    count += 1;
    app = `faults${count}`;
    proxy = await FaultProxy.start(asterisk().url);
    client = await connect(proxy.url, asterisk().username, asterisk().password, { reconnect: { delay: () => 50 } });
  });

  afterEach(async () => {
    await client.close();
    await proxy[Symbol.asyncDispose]();
  });

  /** A call that comes through the dialplan; `far` is the caller's end of it. */
  async function call(): Promise<{ far: string; channel: Awaited<ReturnType<typeof enter>> }> {
    const far = client.channels.handle();
    const channel = await enter(async () => {
      const dialplan = { context: 'default', extension: 'wait', priority: 1 };
      await far.originateWithId({ endpoint: `Local/stasis-${app}@default`, ...dialplan });
    });
    return { far: far.id, channel };
  }

  async function enter(begin: () => Promise<unknown>) {
    const started = client.waitFor('StasisStart', patience);
    await begin();
    return (await started).channel;
  }

  describe('that is killed and started again', () => {
    it('the client is back, tells the gap, and everything that waited has ended', async () => {
      await client.start(app);
      const changes = watchStates(client);
      await client.applications.subscribe({ applicationName: app, eventSource: 'endpoint:PJSIP/alice' });
      await client.applications.filter({ applicationName: app, filter: { disallowed: [{ type: 'ChannelVarset' }] } });
      const { channel } = await call();
      const bridge = await client.bridges.create({ type: 'mixing' });
      const playback = await channel.play({ media: 'sound:demo-congrats' });
      const waits = [
        channel.waitFor('StasisEnd'),
        bridge.waitFor('ChannelEnteredBridge'),
        playback.waitFor('PlaybackFinished'),
      ].map((wait) => wait.catch((error: unknown) => error));
      const told = client.waitFor('gap', patience);
      await killAsterisk(release, choice);
      const request = client.asterisk.ping({ retry: false }).catch((error: unknown) => error);
      await restartAsterisk(release, choice);
      expect(await told).toMatchObject({
        apps: [app],
        gone: { channels: [channel.id], bridges: [bridge.id], playbacks: [playback.id], liveRecordings: [] },
        alive: { channels: [], bridges: [], playbacks: [], liveRecordings: [] },
      });
      expect(await Promise.all(waits)).toEqual(waits.map(() => expect.any(ObjectGoneError) as ObjectGoneError));
      expect(await request).toBeInstanceOf(AriConnectionError);
      expect(client.state).toBe('open');
      expect(names(changes).at(-1)).toBe('open');
      const application = (await client.applications.get({ applicationName: app })).toJSON();
      expect(application).toMatchObject({
        endpoint_ids: ['PJSIP/alice'],
        events_disallowed: [{ type: 'ChannelVarset' }],
      });
      const { channel: next } = await call();
      expect(next.id).not.toBe(channel.id);
      await next.hangup();
    });

    it('requests all the while settle, and none finds that a thing is missing because Asterisk is starting', async () => {
      await client.deviceStates.update({ deviceName: 'Stasis:lamp', deviceState: 'BUSY' });
      const over = new AbortController();
      const outcomes: unknown[] = [];
      const ask = async (): Promise<void> => {
        while (!over.signal.aborted) {
          outcomes.push(await client.deviceStates.get({ deviceName: 'Stasis:lamp' }).catch((error: unknown) => error));
        }
      };
      const asking = [ask(), ask(), ask()];
      await killAsterisk(release, choice);
      await restartAsterisk(release, choice);
      await client.asterisk.ping({ retry: { maxRetries: 50 } });
      over.abort();
      await Promise.all(asking);
      expect(outcomes.filter((outcome) => outcome instanceof NotFoundError)).toEqual([]);
      const failures = outcomes.filter((outcome) => outcome instanceof Error);
      expect(failures.every((error) => error instanceof AriConnectionError)).toBe(true);
    });
  });

  describe('behind a line that breaks', () => {
    it('what ended meanwhile is gone, what goes on is heard again', async () => {
      await client.start(app);
      const [stays, goes] = [await call(), await call()];
      const heard = stays.channel.waitFor('StasisEnd', patience);
      const lost = goes.channel.waitFor('ChannelDestroyed').catch((error: unknown) => error);
      await using other = await connect(asterisk().url, asterisk().username, asterisk().password);
      const told = client.waitFor('gap', patience);
      const broken = until(client, 'reconnecting');
      proxy.refuse();
      proxy.cut();
      await broken;
      await other.channels.hangup({ channelId: goes.far });
      await expect.poll(() => exists(other, goes.channel.id)).toBe(false);
      await proxy.accept();
      const { gone, alive } = await told;
      expect(gone.channels).toEqual([goes.channel.id]);
      expect(alive.channels).toEqual([stays.channel.id]);
      expect(await lost).toBeInstanceOf(ObjectGoneError);
      await stays.channel.hangup();
      expect((await heard).channel.id).toBe(stays.channel.id);
    });

    it('ten times: it is open in the end, once, and hears every event once', async () => {
      await client.start(app);
      for (let time = 0; time < 10; time += 1) {
        const back = until(client, 'open');
        proxy.cut(time % 2 === 0 ? 'reset' : 'end');
        await back;
      }
      const heard: string[] = [];
      client.on('*', ({ type }) => heard.push(type));
      const { channel } = await call();
      const ended = channel.waitFor('StasisEnd', patience);
      await channel.hangup();
      await ended;
      await client.asterisk.ping();
      expect(heard.filter((type) => type === 'StasisStart')).toHaveLength(1);
      expect(heard.filter((type) => type === 'StasisEnd')).toHaveLength(1);
    });

    it('half-open: pings find out', async () => {
      await using watchful = await connect(proxy.url, asterisk().username, asterisk().password, {
        pingIntervalMs: 100,
        reconnect: atOnce,
      });
      await watchful.start(app);
      const lost = until(watchful, 'reconnecting');
      proxy.freeze();
      await lost;
      const back = until(watchful, 'open');
      proxy.cut();
      proxy.thaw();
      await back;
    });
  });

  describe('and the end of a channel', () => {
    it('listeners go, whichever way it leaves', async () => {
      await client.start(app);
      const { channel: continues } = await call();
      const { channel: hangsUp } = await call();
      const { channel: isHungUp, far } = await call();
      const ends = [continues, hangsUp, isHungUp].map((channel) =>
        channel.waitFor('ChannelDestroyed', patience).catch((error: unknown) => error),
      );
      await continues.continueInDialplan({ context: 'default', extension: 'wait', priority: 1 });
      await hangsUp.hangup();
      await client.channels.hangup({ channelId: far });
      expect(await Promise.all(ends)).toEqual(ends.map(() => expect.any(ObjectGoneError) as ObjectGoneError));
      await client.channels.hangup({ channelId: continues.id });
    });

    it('that the application watches is told', async () => {
      await client.start(app);
      const { channel } = await call();
      await client.applications.subscribe({ applicationName: app, eventSource: channel });
      await channel.continueInDialplan({ context: 'default', extension: 'wait', priority: 1 });
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      const destroyed = channel.waitFor('ChannelDestroyed', patience);
      await client.channels.hangup({ channelId: channel.id });
      expect((await destroyed).channel.id).toBe(channel.id);
    });
  });

  it('subscribeAll is made true where the application is there without it', async () => {
    await client.start(app);
    const { channel } = await call();
    await client.stop();
    await client.start(app, { subscribeAll: true });
    const created = client.waitFor('BridgeCreated', patience);
    const destroyed = client.waitFor('BridgeDestroyed', patience);
    const bridge = await client.bridges.create({ type: 'mixing' });
    await bridge.destroy();
    expect((await created).bridge.id).toBe(bridge.id);
    expect((await destroyed).bridge.id).toBe(bridge.id);
    await channel.hangup();
  });

  it('connections that hear every change of device states are closed while these change all the time', async () => {
    await client.start(app);
    const over = new AbortController();
    const change = async (device: number): Promise<void> => {
      for (let turn = 0; !over.signal.aborted; turn += 1) {
        const deviceState = turn % 2 === 0 ? 'BUSY' : 'INUSE';
        await client.deviceStates.update({ deviceName: `Stasis:busy${device}`, deviceState });
      }
    };
    const changing = Promise.allSettled(Array.from({ length: 60 }, (_, device) => change(device)));
    for (let time = 0; time < 30; time += 1) {
      await using watcher = await connect(asterisk().url, asterisk().username, asterisk().password);
      const heard = watcher.waitFor('DeviceStateChanged', patience);
      await watcher.start(`${app}-${time}`, { subscribeAll: true });
      await heard;
    }
    over.abort();
    expect((await changing).filter(({ status }) => status === 'rejected')).toEqual([]);
    await client.applications.get({ applicationName: app });
  });

  it('an application taken over is left to whoever took it', async () => {
    await client.start(app);
    const told = client.waitFor('replaced', patience);
    const over = until(client, 'replaced');
    await using rival = await connect(asterisk().url, asterisk().username, asterisk().password);
    await rival.start(app);
    expect(await told).toMatchObject({ app, remaining: [] });
    await over;
    expect(rival.state).toBe('open');
  });

  it('a reader that stalls is warned, cut off by Asterisk, and comes back with a gap', async () => {
    await using reader = startReader(asterisk().url, app);
    await reader.next('open');
    const userevent = { eventName: 'flood', application: app, variables: { text: 'x'.repeat(30_000) } };
    // Until Asterisk has cut the reader off, and with it the application is gone.
    const flood = async (): Promise<void> => {
      const end = performance.now() + 20_000;
      while (performance.now() < end && !reader.hasSaid('reconnecting')) {
        await client.events.userEvent(userevent);
      }
    };
    await flood().catch((error: unknown) => expect(error).toBeInstanceOf(NotFoundError));
    expect(await reader.next('reconnecting')).toMatch(/^open slow .*reconnecting$/);
    await reader.next('gap');
  });
});

async function exists(client: AriClient, channelId: string): Promise<boolean> {
  return client.channels.get({ channelId }).then(
    () => true,
    () => false,
  );
}

/** A process that blocks its event loop at the first event: shortly at first, then for long, again and again. It prints what it is told. */
function startReader(url: string, app: string) {
  const code = `
    import { connect } from 'asterisk-ari';
    const block = (ms) => { const until = performance.now() + ms; while (performance.now() < until); };
    const client = await connect('${url}', 'ari', 'ari-secret', { reconnect: { delay: () => 50 } });
    client.on('state', ({ state }) => console.log(state));
    client.on('slow', () => console.log('slow'));
    client.on('gap', () => console.log('gap'));
    client.once('ChannelUserevent', () => {
      block(200);
      client.on('slow', () => setTimeout(() => block(6_000), 100));
    });
    await client.start('${app}');
  `;
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const arrivals = createInterface({ input: child.stdout });
  arrivals.on('line', (line) => lines.push(line));
  return {
    hasSaid: (word: string): boolean => lines.includes(word),
    /** Waits until it has said a word; returns all that it said up to then, from where it opened. */
    async next(word: string): Promise<string> {
      await expect.poll(() => lines.includes(word), { timeout: 30_000 }).toBe(true);
      return lines
        .slice(0, lines.indexOf(word) + 1)
        .filter((line) => line !== 'connecting')
        .join(' ');
    },
    async [Symbol.asyncDispose](): Promise<void> {
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('close', resolve));
    },
  };
}
