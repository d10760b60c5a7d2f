import { connect, ObjectGoneError, type AriClient } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { beforeEach, afterEach, describe, expect, it as base, vi } from 'vitest';

const patience = { timeoutMs: 5_000 };

/** An Asterisk and a client that is started, for one test. */
class House implements AsyncDisposable {
  readonly asterisk: TestAsterisk;
  readonly client: AriClient;

  private constructor(asterisk: TestAsterisk, client: AriClient) {
    this.asterisk = asterisk;
    this.client = client;
  }

  static async open(): Promise<House> {
    const asterisk = await startAsterisk();
    const client = await connect(asterisk.url, asterisk.username, asterisk.password);
    await client.start('hello');
    return new House(asterisk, client);
  }

  readonly call = async (number: string) => {
    const started = this.client.waitFor('StasisStart', {
      ...patience,
      where: ({ channel }) => channel.caller.number === number,
    });
    const phone = this.asterisk.call({ to: 'stasis-hello', from: number });
    return { phone, channel: (await started).channel };
  };

  readonly questions = (): string[] => this.asterisk.journal.requestsTo({ method: 'GET' }).map(({ path }) => path);

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    await this.asterisk.close();
  }
}

const it = base.extend<{ house: House }>({
  house: async ({ task: _ }, use) => {
    await using house = await House.open();
    await use(house);
  },
});

async function ends(waiting: Promise<unknown>): Promise<void> {
  await expect(waiting).rejects.toThrow(ObjectGoneError);
}

// What may have ended is looked after two seconds later: these tests take their time, all of them the same.
describe.concurrent('listeners of an object whose end is not told', () => {
  it('go after a call that came through the dialplan hung up: its last event is StasisEnd', async ({ house }) => {
    const { call } = house;
    const { phone, channel } = await call('100');
    const ended = channel.waitFor('StasisEnd', patience);
    const destroyed = channel.waitFor('ChannelDestroyed');
    phone.hangup();
    await ended;
    await ends(destroyed);
  });

  it('go after the channel went on in the dialplan, or moved to a stranger; those of others stay', async ({
    house,
  }) => {
    const { asterisk, call, questions } = house;
    await using other = await connect(asterisk.url, asterisk.username, asterisk.password);
    await other.start('theirs');
    const [continues, moves, stays] = [await call('100'), await call('200'), await call('300')];
    const waits = [continues, moves].map(({ channel }) => channel.waitFor('ChannelDestroyed'));
    const left = stays.channel.on('ChannelDestroyed', () => undefined);
    await continues.channel.continueInDialplan({ context: 'default', extension: 'wait', priority: 1 });
    await moves.channel.move({ app: 'theirs' });
    await Promise.all(waits.map(ends));
    expect(left.closed).toBe(false);
    // All of them were asked for with one question.
    expect(questions().filter((path) => path === '/applications/hello')).toHaveLength(1);
  });

  it('stay while another application of ours, or a subscription, watches the channel', async ({ house }) => {
    const { client, call, questions } = house;
    await client.stop();
    await client.start(['hello', 'second']);
    const [moves, subscribed] = [await call('100'), await call('200')];
    await client.applications.subscribe({ applicationName: 'second', eventSource: subscribed.channel });
    const listeners = [moves, subscribed].map(({ channel }) => channel.on('ChannelHangupRequest', () => undefined));
    await moves.channel.move({ app: 'second' });
    await subscribed.channel.continueInDialplan({ context: 'default', extension: 'wait', priority: 1 });
    await expect.poll(questions, { timeout: 5_000 }).toEqual(expect.arrayContaining(['/applications/second']));
    // The answer has been judged when another one is there.
    await client.asterisk.ping();
    expect(listeners.map(({ closed }) => closed)).toEqual([false, false]);
    const destroyed = subscribed.channel.waitFor('ChannelDestroyed', patience);
    subscribed.phone.hangup();
    await destroyed;
    await vi.waitFor(() => expect(listeners[1]?.closed).toBe(true));
  });

  it('go with a bridge that was destroyed unwatched, and with what was played to it', async ({ house }) => {
    const { client } = house;
    const bridge = await client.bridges.create({ type: 'mixing' });
    const waiting = bridge.waitFor('BridgeDestroyed');
    const playback = await bridge.play({ media: 'sound:hello-world' });
    const finished = playback.waitFor('PlaybackFinished');
    await bridge.destroy();
    await Promise.all([ends(waiting), ends(finished)]);
  });

  it('stay with a bridge that is only empty', async ({ house }) => {
    const { client, call, questions } = house;
    const { channel } = await call('100');
    const bridge = await client.bridges.create({ type: 'mixing' });
    const listener = bridge.on('ChannelEnteredBridge', () => undefined);
    await bridge.addChannel({ channel });
    const left = bridge.waitFor('ChannelLeftBridge', patience);
    await bridge.removeChannel({ channel });
    await left;
    await expect.poll(questions, { timeout: 5_000 }).toEqual(expect.arrayContaining([`/bridges/${bridge.id}`]));
    await client.asterisk.ping();
    expect(listener.closed).toBe(false);
  });

  it('go when a request finds that there is no such object any more', async ({ house }) => {
    const { call } = house;
    const { phone, channel } = await call('100');
    const ended = channel.waitFor('StasisEnd', patience);
    phone.hangup();
    await ended;
    const late = channel.waitFor('ChannelDestroyed');
    await expect(channel.answer()).rejects.toThrow(/404/);
    await ends(late);
  });

  it('go that come too late: the channel has left before anybody listened', async ({ house }) => {
    const { client, call } = house;
    const { phone, channel } = await call('100');
    const ended = client.waitFor('StasisEnd', patience);
    phone.hangup();
    await ended;
    const stream = channel.stream('ChannelDtmfReceived');
    await ends(channel.waitFor('ChannelDtmfReceived'));
    expect(await stream.next()).toEqual({ value: undefined, done: true });
  });

  it('cost no question where the last event came', async ({ house }) => {
    const { client, call, questions } = house;
    const channel = await client.channels.originate({ endpoint: 'Local/wait@default', app: 'hello' });
    const listener = channel.on('ChannelDtmfReceived', () => undefined);
    const destroyed = channel.waitFor('ChannelDestroyed', patience);
    await channel.hangup();
    await destroyed;
    expect(listener.closed).toBe(true);
    // Later than anything would have been looked after.
    const { phone, channel: other } = await call('100');
    phone.hangup();
    await ends(other.waitFor('ChannelDestroyed'));
    expect(questions()).not.toContain(`/channels/${channel.id}`);
  });
});

describe('listeners of a client that is fed by dispatch()', () => {
  let house: House;
  let asterisk: TestAsterisk;
  let client: AriClient;
  /** Hears by `dispatch` what comes over the other client's connection, and has none of its own. */
  let fed: AriClient;

  beforeEach(async () => {
    house = await House.open();
    ({ asterisk, client } = house);
    fed = await connect(asterisk.url, asterisk.username, asterisk.password);
    client.on('*', (event) => fed.dispatch(JSON.parse(JSON.stringify(event)) as object));
  });

  afterEach(async () => {
    await fed.close();
    await house[Symbol.asyncDispose]();
  });

  async function fedCall(number = '100') {
    const started = fed.waitFor('StasisStart', patience);
    const phone = asterisk.call({ to: 'stasis-hello', from: number });
    return { phone, channel: (await started).channel };
  }

  it('go after StasisEnd of a call from the dialplan', async () => {
    const { phone, channel } = await fedCall();
    const listener = channel.on('ChannelDtmfReceived', () => undefined);
    const destroyed = channel.waitFor('ChannelDestroyed');
    phone.hangup();
    await ends(destroyed);
    expect(listener.closed).toBe(true);
  });

  it('go that come too late, or of a channel that a request finds gone', async () => {
    const [late, missing] = [await fedCall(), await fedCall('200')];
    const ended = fed.stream('StasisEnd');
    late.phone.hangup();
    await ended.next();
    const wait = late.channel.waitFor('ChannelDtmfReceived');
    await client.stop();
    missing.phone.hangup();
    const another = missing.channel.waitFor('StasisEnd');
    await expect(missing.channel.answer()).rejects.toThrow(/404/);
    await Promise.all([ends(wait), ends(another)]);
  });

  it('stay while an application whose events are dispatched watches the channel', async () => {
    await client.stop();
    await client.start(['hello', 'second']);
    const { channel, phone } = await fedCall();
    const moved = fed.waitFor('StasisStart', { ...patience, where: ({ application }) => application === 'second' });
    const listener = channel.on('ChannelHangupRequest', () => undefined);
    await channel.move({ app: 'second' });
    await moved;
    await expect.poll(house.questions, { timeout: 5_000 }).toEqual(expect.arrayContaining(['/applications/second']));
    await fed.idle();
    expect(listener.closed).toBe(false);
    phone.hangup();
    await ends(channel.waitFor('ChannelDestroyed'));
  });

  it('are told what the answer hands out, and what has happened to it, as with a connection', async () => {
    const { channel } = await fedCall();
    const playback = await channel.play({ media: 'sound:no-such-sound' });
    await playback.waitFor('PlaybackFinished', patience);
  });
});
