import { connect, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';
import { mortal } from './support/mortal.js';

const withPassword = (password: string): string => `authorization { user: u, password: ${password} }`;

describe('where NATS refuses credentials for a while', () => {
  it('relay and worker come back when it does not any more, and say so once', async () => {
    await using house = await House.open(withPassword('good'));
    const asterisk = await house.asterisk('a');
    const access = { nats: { user: 'u', pass: 'good', reconnectTimeWait: 20, reconnectJitter: 0 } };
    const warnings: string[] = [];
    const silent = (): void => undefined;
    const logger = { debug: silent, info: silent, warn: (line: string) => void warnings.push(line), error: silent };
    const relay = await house.relay(asterisk, { ...access, logger });
    const fleet = await house.worker(access);
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    await house.nats.kill();
    house.nats.configure(withPassword('other'));
    await house.nats.resume();
    const refusals = () => house.nats.log.filter((line) => line.includes('authentication error')).length;
    await expect.poll(refusals).toBeGreaterThan(5);
    expect(warnings.filter((line) => /authorization/i.test(line))).toHaveLength(1);
    await house.nats.kill();
    house.nats.configure(withPassword('good'));
    await house.nats.resume();
    await expect.poll(() => relay.status.connected && fleet.node('a').isUp).toBe(true);
    await asterisk.call({ to: 'stasis-ivr' }).answered();
  });
});

describe('a relay whose connection to NATS is closed by its owner', () => {
  it('ends, and says why', async () => {
    await using house = await House.open();
    const nats = await connect({ servers: house.nats.url });
    const relay = await house.relay(await house.asterisk('a'), { servers: undefined, nats });
    await nats.close();
    expect((await relay.closed)?.message).toBe('the connection to NATS is closed');
  });
});

describe('calls of a worker that is gone', () => {
  it('are adopted although Asterisk does not tell at first which are there', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk, { workerCheckMs: 50 });
    const first = await mortal(house);
    first.fleet.on('StasisStart', ({ channel }) => channel.answer());
    await asterisk.call({ to: 'stasis-ivr' }).answered();
    const second = await house.worker();
    const adopted: boolean[] = [];
    second.on('StasisStart', ({ channel }) => adopted.push(second.isAdopted(channel)));
    asterisk.faults.next({ method: 'GET', path: '/channels' }).times(2).fail(500);
    await first.die();
    await expect.poll(() => adopted).toEqual([true]);
  });
});

describe('who bids for a call that is over', () => {
  /** A worker that says when it is offered a call, and bids when it is told to. */
  async function slowWorker(house: House): Promise<{ offered: Promise<Msg>; bid(offer: Msg): Promise<unknown> }> {
    const nats: NatsConnection = await connect({ servers: house.nats.url });
    house.ends(() => nats.close());
    const offered = new Promise<Msg>((resolve) => {
      nats.subscribe('ari.v1.offer.ivr', { callback: (_error, message) => resolve(message) });
    });
    await nats.flush();
    const takes = JSON.stringify({ worker: 'slow', takes: true });
    return {
      offered,
      bid: async ({ reply = '' }) => (await nats.request(reply, takes, { timeout: 5_000 })).json(),
    };
  }

  it.each([
    ['while the relay waits', 5_000],
    ['after that', 50],
  ])('is told at once that the call is not granted: %s', async (_when, offerTimeoutMs) => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk, { offerTimeoutMs, unclaimed: 'leave' });
    const { offered, bid } = await slowWorker(house);
    const phone = asterisk.call({ to: 'stasis-ivr' });
    const offer = await offered;
    phone.hangup();
    await expect.poll(() => [asterisk.channelIds, relay.status.offered]).toEqual([[], 0]);
    if (offerTimeoutMs === 50) {
      await new Promise((resolve) => setTimeout(resolve, 2 * offerTimeoutMs));
    }
    expect(await bid(offer)).toEqual({ granted: false });
    expect(relay.status.calls).toBe(0);
  });
});

describe('a call that nobody has taken', () => {
  it('is offered again where Asterisk does not let go of it', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk, { offerForMs: 1 });
    asterisk.faults.next({ method: 'DELETE', path: '/channels/*' }).fail(503);
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await phone.ended({ timeoutMs: 15_000 });
    expect(asterisk.journal.requestsTo({ method: 'DELETE', path: '/channels/*' }).map(({ status }) => status)).toEqual([
      503, 204,
    ]);
  });
});

describe('a relay that drains', () => {
  it('goes on draining after an interruption of its event connection', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const { url, username, password } = asterisk;
    const relay = await house.relay(asterisk, {
      asterisk: { url, username, password, reconnect: { delay: () => 500 } },
    });
    const fleet = await house.worker();
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await phone.answered();
    const drained = relay.drain();
    asterisk.faults.dropSocket();
    await expect.poll(() => relay.status.state).toBe('down');
    await expect.poll(() => relay.status.state).toBe('draining');
    phone.hangup();
    expect(await drained).toBe(0);
  });
});

describe('a relay that says it is there, and can be asked nothing', () => {
  it('comes and goes less and less often', async () => {
    await using house = await House.open();
    const nats = await connect({ servers: house.nats.url });
    house.ends(() => nats.close());
    const announcement = JSON.stringify({ node: 'a', instance: 'mute.1', apps: ['ivr'], state: 'up' });
    nats.subscribe('ari.v1.roll', { callback: (_error, message) => void message.respond(announcement) });
    await nats.flush();
    const fleet = await house.worker();
    const { client } = fleet.node('a');
    client.channels.handle('x').on('ChannelDtmfReceived', () => undefined);
    const states: string[] = [];
    fleet.on('state', ({ state }) => states.push(state));
    await expect(client.channels.list()).rejects.toMatchObject({ delivery: 'notSent' });
    await expect.poll(() => states.length).toBeGreaterThanOrEqual(6);
    const count = states.length;
    // The next time is a second or more away.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(states.length).toBeLessThanOrEqual(count + 2);
    expect(states.slice(0, 6)).toEqual(['reconnecting', 'open', 'reconnecting', 'open', 'reconnecting', 'open']);
  });
});

describe('an id that is longer than NATS takes', () => {
  it('cuts nobody off', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const fleet = await house.worker({ observe: false });
    fleet.on(['StasisStart', 'EndpointStateChange'], () => undefined);
    const nats = await connect({ servers: house.nats.url });
    house.ends(() => nats.close());
    const long = 'x'.repeat(5_000);
    nats.publish('ari.v1.announce', JSON.stringify({ node: long, instance: 'i', apps: [], state: 'down' }));
    await expect.poll(() => fleet.nodes.has(long)).toBe(true);
    const { client } = fleet.node('a');
    client.channels.handle(long).on('ChannelDtmfReceived', () => undefined);
    await client.asterisk.ping();
    expect(await client.channels.list()).toEqual([]);
    expect(fleet.node('a').isUp).toBe(true);
  });
});
