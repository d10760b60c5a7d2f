import { connect, ObjectGoneError, type AriClient, type Bridge } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { json, RawAsterisk } from './support/raw-asterisk.js';
import { atOnce, until } from './support/states.js';
import { start } from '../support/events.js';

let asterisk: TestAsterisk;
let client: AriClient;

beforeEach(async () => {
  asterisk = await startAsterisk();
  client = await connect(asterisk.url, asterisk.username, asterisk.password, { reconnect: atOnce });
});

afterEach(async () => {
  await client.close();
  await asterisk.close();
});

const patience = { timeoutMs: 5_000 };

/** Cuts the event connection, lets something happen meanwhile, and returns the notice of the gap. */
async function interrupted(meanwhile: () => unknown = () => undefined) {
  const told = client.waitFor('gap', patience);
  const lost = until(client, 'reconnecting');
  await asterisk.faults.refuse();
  await lost;
  await meanwhile();
  await asterisk.faults.accept();
  return told;
}

async function call(number: string) {
  const started = client.waitFor('StasisStart', patience);
  const phone = asterisk.call({ to: 'stasis-hello', from: number });
  return { phone, channel: (await started).channel };
}

describe('after an interruption', () => {
  it('one notice tells how long it was, what is gone and what is still there', async () => {
    await client.start('hello');
    const [stays, goes] = [await call('100'), await call('200')];
    const bridge = await client.bridges.create({ type: 'mixing' });
    const playback = await goes.channel.play({ media: 'sound:demo-congrats' });
    stays.channel.on('ChannelDtmfReceived', () => undefined);
    goes.channel.on('ChannelDtmfReceived', () => undefined);
    bridge.on('ChannelEnteredBridge', () => undefined);
    playback.on('PlaybackFinished', () => undefined);
    const before = Date.now();
    const notice = await interrupted(() => goes.phone.hangup());
    expect(notice).toMatchObject({
      apps: ['hello'],
      gone: { channels: [goes.channel.id], bridges: [], playbacks: [playback.id], liveRecordings: [] },
      alive: { channels: [stays.channel.id], bridges: [bridge.id], playbacks: [], liveRecordings: [] },
    });
    expect(notice.since.getTime()).toBeGreaterThanOrEqual(before - 5);
    expect(notice.durationMs).toBeLessThanOrEqual(Date.now() - before + 5);
  });

  it('waits and streams of what is gone end, listeners of it are taken away, those of the rest go on', async () => {
    await client.start('hello');
    const [stays, goes] = [await call('100'), await call('200')];
    const digits: string[] = [];
    stays.channel.on('ChannelDtmfReceived', (_, { digit }) => digits.push(digit));
    const subscription = goes.channel.on('ChannelDtmfReceived', () => undefined);
    const waiting = goes.channel.waitFor('ChannelDestroyed');
    const stream = goes.channel.stream('ChannelVarset');
    const read = stream.next();
    await interrupted(() => goes.phone.hangup());
    await expect(waiting).rejects.toThrow(ObjectGoneError);
    expect(await read).toEqual({ value: undefined, done: true });
    expect(subscription.closed).toBe(true);
    const heard = stays.channel.waitFor('ChannelDtmfReceived', patience);
    stays.phone.press('5');
    await heard;
    expect(digits).toEqual(['5']);
  });

  it('a handle of something not created yet is not taken for gone', async () => {
    await client.start('hello');
    const channel = client.channels.handle();
    const entered = channel.waitFor('StasisStart', patience);
    const notice = await interrupted();
    expect(notice.gone.channels).toEqual([]);
    await channel.originateWithId({ endpoint: 'Local/wait@default', app: 'hello' });
    expect((await entered).channel.id).toBe(channel.id);
  });

  it('a handle of something that was created is', async () => {
    await client.start('hello');
    const phone = asterisk.phone('alice');
    phone.manner = 'answer';
    const channel = client.channels.handle();
    const entered = channel.waitFor('StasisStart', patience);
    await channel.originateWithId({ endpoint: phone.endpoint, app: 'hello' });
    await entered;
    const left = channel.waitFor('StasisEnd');
    const { gone } = await interrupted(() => phone.hangup());
    expect(gone.channels).toEqual([channel.id]);
    await expect(left).rejects.toThrow(ObjectGoneError);
  });

  it('an interruption of the interruption is part of one gap', async () => {
    await using raw = await RawAsterisk.start();
    await using mine = await connect(raw.url, 'ari', 'ari-secret', { reconnect: atOnce, retry: false });
    await mine.start('hello');
    const started = mine.waitFor('StasisStart', patience);
    raw.send(start('c1'));
    (await started).channel.on('StasisEnd', () => undefined);
    let asked = 0;
    raw.answer = (_, response) => {
      asked += 1;
      if (asked === 1) {
        raw.socket.terminate();
        response.destroy();
      } else {
        json(response, 404, { message: 'Channel not found' });
      }
    };
    const notices: unknown[] = [];
    mine.on('gap', (notice) => notices.push(notice));
    const told = mine.waitFor('gap', patience);
    raw.socket.terminate();
    expect((await told).gone.channels).toEqual(['c1']);
    expect(notices).toHaveLength(1);
    expect(asked).toBe(2);
  });

  it('many objects are asked for in one list', async () => {
    await using raw = await RawAsterisk.start();
    await using mine = await connect(raw.url, 'ari', 'ari-secret', { reconnect: atOnce });
    await mine.start('hello');
    const ids = Array.from({ length: 30 }, (_, index) => `c${index}`);
    mine.channels.on('StasisStart', (channel) => channel.on('StasisEnd', () => undefined));
    const last = mine.waitFor('StasisStart', { ...patience, where: ({ channel }) => channel.id === 'c29' });
    raw.send(...ids.map((id) => start(id)));
    await last;
    raw.requests.length = 0;
    raw.answer = (_, response) => json(response, 200, [{ id: 'c7' }, { id: 'stranger' }]);
    const told = mine.waitFor('gap', patience);
    raw.socket.terminate();
    const { gone, alive } = await told;
    expect(gone.channels).toEqual(ids.filter((id) => id !== 'c7'));
    expect(alive.channels).toEqual(['c7']);
    expect(raw.requests.filter((request) => request.startsWith('GET'))).toEqual(['GET /ari/channels']);
  });

  it('is told after stop() and another start() as well', async () => {
    await client.start('hello');
    const { phone, channel } = await call('100');
    channel.on('ChannelDtmfReceived', () => undefined);
    await client.stop();
    phone.hangup();
    const told = client.waitFor('gap', patience);
    await client.start('hello');
    expect((await told).gone.channels).toEqual([channel.id]);
  });
});

describe('what Asterisk forgets', () => {
  const names = async () => (await client.applications.get({ applicationName: 'hello' })).toJSON();

  it('subscriptions and the event filter made through this client are there again, and no others', async () => {
    await client.start('hello');
    const application = await client.applications.get({ applicationName: 'hello' });
    const bridge = await client.bridges.create({});
    await application.subscribe({ eventSource: ['endpoint:PJSIP/alice', bridge] });
    await client.applications.subscribe({ applicationName: application, eventSource: 'deviceState:Stasis:x' });
    await client.applications.subscribe({ applicationName: 'hello', eventSource: 'endpoint:PJSIP/bob' });
    await application.unsubscribe({ eventSource: 'endpoint:PJSIP/bob' });
    await application.filter({ filter: { disallowed: [{ type: 'ChannelVarset' }] } });
    await client.stop();
    await forgotten('endpoint:PJSIP/alice', bridge);
    await restarted();
    expect(await names()).toMatchObject({
      endpoint_ids: ['PJSIP/alice'],
      bridge_ids: [bridge.id],
      device_names: ['Stasis:x'],
      events_disallowed: [{ type: 'ChannelVarset' }],
    });
  });

  it('a source that is gone is left out, the others are not', async () => {
    await client.start('hello');
    const bridge = await client.bridges.create({});
    await client.applications.subscribe({
      applicationName: 'hello',
      eventSource: [bridge, 'endpoint:PJSIP/alice'],
    });
    await client.stop();
    await bridge.destroy();
    await forgotten('endpoint:PJSIP/alice');
    await restarted();
    expect(await names()).toMatchObject({ endpoint_ids: ['PJSIP/alice'], bridge_ids: [] });
  });

  it('subscribeAll is made true where the application was there already without it', async () => {
    await client.start('hello');
    await call('100');
    await client.stop();
    await client.start('hello', { subscribeAll: true });
    const heard = client.waitFor('BridgeCreated', patience);
    const bridge = await client.bridges.create({});
    expect((await heard).bridge.id).toBe(bridge.id);
    expect(await names()).toMatchObject({
      channel_ids: expect.arrayContaining(['__AST_CHANNEL_ALL_TOPIC']) as string[],
      bridge_ids: ['__AST_BRIDGE_ALL_TOPIC'],
      endpoint_ids: ['__AST_ENDPOINT_ALL_TOPIC'],
    });
  });

  /** Takes subscriptions and filter away behind the client's back. */
  async function forgotten(...eventSource: (string | Bridge)[]): Promise<void> {
    await using other = await connect(asterisk.url, asterisk.username, asterisk.password);
    await other.applications.unsubscribe({ applicationName: 'hello', eventSource });
    await other.applications.filter({ applicationName: 'hello', filter: {} });
  }

  async function restarted(): Promise<void> {
    const told = client.waitFor('gap', patience);
    await client.start('hello');
    await told;
  }
});
