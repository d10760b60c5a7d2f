import { connect, RequestError, type NatsConnection } from '@nats-io/transport-node';
import type { AriClient, GapNotice } from 'asterisk-ari';
import type { Fleet } from 'asterisk-ari/nats';
import type { TestAsterisk } from 'asterisk-ari/testing';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';
import { run, type Running } from './support/program.js';

/** What a worker has heard, and how often it was told of a gap. */
interface Heard {
  readonly notices: GapNotice[];
  readonly digits: string[];
  readonly starts: string[];
  /** Calls whose answering has been confirmed. */
  answers: number;
}

/** A worker that answers calls and notes what it hears. */
function listen(fleet: Fleet<AriClient>): Heard {
  const heard: Heard = { notices: [], digits: [], starts: [], answers: 0 };
  fleet.on('gap', (notice) => heard.notices.push(notice));
  fleet.on('ChannelDtmfReceived', ({ digit }) => heard.digits.push(digit));
  fleet.on('StasisStart', async ({ channel }) => {
    heard.starts.push(`${channel.id}${fleet.isAdopted(channel) ? ' adopted' : ''}`);
    await channel.answer();
    heard.answers += 1;
  });
  return heard;
}

describe('a worker that stands still', () => {
  /** NATS gives up on who reads nothing after so little. */
  const impatient = 'write_deadline: "300ms"\nmax_pending: 1MB';

  /** A worker in a process of its own has a call. */
  async function withCall(house: House, asterisk: TestAsterisk) {
    const still = run('worker', [house.nats.url]);
    house.ends(async () => void still.child.kill('SIGKILL'));
    await still.said('worker ');
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await still.said('answered');
    return { still, phone, channelId: told(still, 'start') };
  }

  function told({ lines }: Running, word: string): string {
    return lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? '';
  }

  function count({ lines }: Running, word: string): number {
    return lines.filter((line) => line === word || line.startsWith(`${word} `)).length;
  }

  /** More comes for it than fits between it and NATS. Resolves when NATS has cut it off. */
  async function flood(house: House, asterisk: TestAsterisk, still: Running, channel: unknown): Promise<void> {
    const nats = await connect({ servers: house.nats.url });
    still.child.kill('SIGSTOP');
    const event = { type: 'ChannelUserevent', eventname: 'flood', userevent: { text: 'x'.repeat(20_000) }, channel };
    const worker = `ari.v1.worker.${told(still, 'worker')}`;
    await expect
      .poll(async () => {
        for (let sent = 0; sent < 100; sent += 1) asterisk.emit(event, ['ivr']);
        return isGone(nats, worker);
      })
      .toBe(true);
    await nats.close();
  }

  /** Resolves when it has read what was sent to it before. */
  async function caughtUp(house: House, still: Running): Promise<void> {
    const nats = await connect({ servers: house.nats.url });
    await nats.request(`ari.v1.worker.${told(still, 'worker')}`, '');
    await nats.close();
  }

  async function isGone(nats: NatsConnection, worker: string): Promise<boolean> {
    try {
      await nats.request(worker, '', { timeout: 50 });
      return false;
    } catch (error) {
      return error instanceof RequestError && error.isNoResponders();
    }
  }

  it('is cut off by NATS, gets one gap when it goes on, and has its call still', async () => {
    await using house = await House.open(impatient);
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk, { workerCheckMs: 1_000 });
    const { still, phone, channelId } = await withCall(house, asterisk);
    const watcher = await house.worker();
    const channel = await watcher.node('a').client.channels.get({ channelId });
    const stoppedAt = Date.now();
    await flood(house, asterisk, still, channel.toJSON());
    await expect.poll(() => relay.status).toMatchObject({ calls: 0, offered: 1 });
    await expect.poll(() => Date.now() - stoppedAt).toBeGreaterThan(2_500);
    still.child.kill('SIGCONT');
    await still.said('gap');
    // What came after that has not all been read: it began when the worker stopped, not when it noticed.
    const [since = 0, durationMs = 0] = told(still, 'gap').split(' ').map(Number);
    expect([Math.abs(since - stoppedAt) < 1_000, durationMs > 2_000]).toEqual([true, true]);
    await expect.poll(() => relay.status).toMatchObject({ calls: 1, offered: 0 });
    phone.press('5');
    await still.said('digit 5');
    expect(['start', 'end', 'gap'].map((word) => count(still, word))).toEqual([1, 0, 1]);
  });

  it('hears that its call has left it, if another worker has adopted it meanwhile', async () => {
    await using house = await House.open(impatient);
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk, { workerCheckMs: 1_000 });
    const { still, phone, channelId } = await withCall(house, asterisk);
    const other = await house.worker();
    const heard = listen(other);
    const channel = await other.node('a').client.channels.get({ channelId });
    await flood(house, asterisk, still, channel.toJSON());
    await expect.poll(() => heard.starts).toEqual([`${channelId} adopted`]);
    still.child.kill('SIGCONT');
    await still.said(`end ${channelId}`);
    phone.press('5');
    await expect.poll(() => heard.digits).toEqual(['5']);
    expect(relay.status).toMatchObject({ calls: 1, offered: 0 });
    await caughtUp(house, still);
    expect(['gap', 'digit', 'listener'].map((word) => count(still, word))).toEqual([1, 0, 0]);
  });

  it('hears so, too, if NATS was patient and only the relay was not', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk, { workerCheckMs: 100 });
    const { still, phone, channelId } = await withCall(house, asterisk);
    const heard = listen(await house.worker());
    still.child.kill('SIGSTOP');
    await expect.poll(() => heard.answers).toBe(1);
    phone.press('4');
    await expect.poll(() => heard.digits).toEqual(['4']);
    still.child.kill('SIGCONT');
    await still.said(`end ${channelId}`);
    phone.press('5');
    await expect.poll(() => heard.digits).toEqual(['4', '5']);
    await caughtUp(house, still);
    expect(['gap', 'digit', 'listener'].map((word) => count(still, word))).toEqual([0, 0, 0]);
    expect(told(still, 'given up:')).toBe(`Channel ${channelId} is another worker's now`);
  });

  it('is taken for gone after three to four times workerCheckMs', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk, { workerCheckMs: 500 });
    const { still } = await withCall(house, asterisk);
    const stoppedAt = performance.now();
    still.child.kill('SIGSTOP');
    await expect.poll(() => relay.status.calls).toBe(0);
    expect(performance.now() - stoppedAt).toBeGreaterThan(1_400);
    expect(performance.now() - stoppedAt).toBeLessThan(2_400);
  });

  it('hears what has come meanwhile, if nobody has adopted its call', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk, { workerCheckMs: 100 });
    const { still, phone } = await withCall(house, asterisk);
    still.child.kill('SIGSTOP');
    await expect.poll(() => relay.status).toMatchObject({ calls: 0, offered: 1 });
    phone.press('4');
    still.child.kill('SIGCONT');
    await still.said('listener 4');
    phone.press('5');
    await still.said('listener 5');
    expect(relay.status).toMatchObject({ calls: 1, offered: 0 });
    expect(['start', 'end', 'listener'].map((word) => count(still, word))).toEqual([1, 0, 2]);
  });
});

describe('a NATS server that stands still', () => {
  it('makes nobody take workers for gone', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk, { workerCheckMs: 50 });
    const heard = listen(await house.worker());
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await expect.poll(() => heard.answers).toBe(1);
    house.nats.freeze();
    // As long as ten rounds: three without an answer are too many.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(relay.status).toMatchObject({ calls: 1, offered: 0 });
    house.nats.thaw();
    phone.press('1');
    await expect.poll(() => heard.digits).toEqual(['1']);
    expect(relay.status).toMatchObject({ calls: 1, offered: 0 });
    expect(phone.state).toBe('talking');
  });

  it('is noticed by who waits for its pings; one gap when it goes on', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const nats = { pingInterval: 100, maxPingOut: 2, timeout: 500 };
    const relay = await house.relay(asterisk, { nats });
    const fleet = await house.worker({ nats });
    const heard = listen(fleet);
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await expect.poll(() => heard.answers).toBe(1);
    const frozenAt = Date.now();
    house.nats.freeze();
    await expect.poll(() => [fleet.node('a').isUp, relay.status.connected]).toEqual([false, false]);
    const asked = fleet.node('a').client.channels.list();
    await expect(asked).rejects.toMatchObject({ name: 'AriConnectionError', delivery: 'notSent' });
    phone.press('1');
    await expect.poll(() => relay.status.lost).toBeGreaterThan(0);
    house.nats.thaw();
    await expect.poll(() => heard.notices.length).toBe(1);
    expect(heard.notices[0]!.since.getTime()).toBeLessThan(frozenAt + 50);
    await expect.poll(() => [fleet.calls, relay.status.calls]).toEqual([1, 1]);
    phone.press('2');
    asterisk.call({ to: 'stasis-ivr', from: '200' });
    await expect.poll(() => [heard.answers, heard.digits, heard.notices.length]).toEqual([2, ['2'], 1]);
  });
});

describe('an Asterisk that dies and comes back', () => {
  it('ends in one gap; its calls are over, and new ones are taken', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk);
    const fleet = await house.worker();
    const heard = listen(fleet);
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await expect.poll(() => heard.answers).toBe(1);
    await asterisk.faults.refuse();
    await expect.poll(() => fleet.node('a').isUp).toBe(false);
    phone.hangup();
    const asked = fleet.node('a').client.channels.list({ timeoutMs: 500 });
    await expect(asked).rejects.toMatchObject({ delivery: 'notSent' });
    await asterisk.faults.accept();
    await expect.poll(() => heard.notices.length).toBe(1);
    await expect.poll(() => [fleet.calls, relay.status.calls]).toEqual([0, 0]);
    asterisk.call({ to: 'stasis-ivr', from: '200' });
    await expect.poll(() => [heard.answers, heard.notices.length]).toEqual([2, 1]);
  });
});

describe('an Asterisk that dies and comes back by another name', () => {
  /** A call on `a`, which is `b` then; what its worker has heard, and how a wait on the channel has ended. */
  async function renamed(house: House, meanwhile: { begin(): Promise<void>; end(): Promise<void> }) {
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk);
    const fleet = await house.worker();
    const heard = listen(fleet);
    const failures: string[] = [];
    fleet.on('StasisStart', ({ channel }) => {
      channel.waitFor('ChannelDestroyed').catch((error: Error) => failures.push(`${error.name}: ${error.message}`));
    });
    const { channelId } = asterisk.call({ to: 'stasis-ivr' });
    await expect.poll(() => heard.answers).toBe(1);
    await meanwhile.begin();
    await asterisk.close();
    const another = await house.asterisk('b', { port: Number(new URL(asterisk.url).port) });
    await meanwhile.end();
    await expect.poll(() => fleet.nodes.get('b')?.isUp).toBe(true);
    await expect.poll(() => [fleet.calls, relay.status.calls]).toEqual([0, 0]);
    return { another, relay, fleet, heard, failures, channelId };
  }

  const nothing = { begin: () => Promise.resolve(), end: () => Promise.resolve() };

  it('its calls are over, which one gap tells, and new ones are taken under that name', async () => {
    await using house = await House.open();
    const { another, relay, fleet, heard, failures, channelId } = await renamed(house, nothing);
    expect(heard.notices.map(({ gone }) => gone.channels)).toEqual([[channelId]]);
    await expect
      .poll(() => failures)
      .toEqual([`ObjectGoneError: Channel ${channelId} has ended while the event connection was interrupted`]);
    expect([[...fleet.nodes.keys()], relay.status.node]).toEqual([['b'], 'b']);
    const phone = another.call({ to: 'stasis-ivr', from: '200' });
    await phone.answered();
    phone.press('7');
    await expect.poll(() => heard.digits).toEqual(['7']);
    expect([heard.starts.length, heard.notices.length]).toEqual([2, 1]);
    phone.hangup();
    expect(await fleet.drain()).toBe(0);
  });

  it('and so they are where NATS was away as it did', async () => {
    await using house = await House.open();
    const { heard, channelId } = await renamed(house, {
      begin: () => house.nats.kill(),
      end: () => house.nats.resume(),
    });
    expect(heard.notices.map(({ gone }) => gone.channels)).toEqual([[channelId]]);
  });

  it('its calls are over, where its relay was begun anew with it, if that says where both stand', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk, { place: 'pod' });
    await house.relay(await house.asterisk('c'), { place: 'other pod' });
    const fleet = await house.worker();
    const heard = listen(fleet);
    fleet.on('StasisStart', ({ channel }) => void channel.on('StasisEnd', () => undefined));
    const { channelId } = asterisk.call({ to: 'stasis-ivr' });
    await expect.poll(() => heard.answers).toBe(1);
    await Promise.all([relay.close(), asterisk.close()]);
    await house.relay(await house.asterisk('b'), { place: 'pod' });
    await expect.poll(() => fleet.nodes.get('b')?.isUp).toBe(true);
    await expect.poll(() => fleet.calls).toBe(0);
    expect(heard.notices.map(({ gone }) => gone.channels)).toEqual([[channelId]]);
    expect([...fleet.nodes.values()].map(({ id, isUp }) => `${id} ${isUp}`).toSorted()).toEqual(['b true', 'c true']);
  });

  it('a call that comes at once is offered under that name alone', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const { url, username, password } = asterisk;
    await house.relay(asterisk, { asterisk: { url, username, password, reconnect: { delay: () => 20 } } });
    const fleet = await house.worker();
    const nodes: string[] = [];
    fleet.on('StasisStart', ({ channel }) => {
      nodes.push(fleet.nodeOf(channel).id);
      return channel.answer();
    });
    await asterisk.close();
    const another = await house.asterisk('b', { port: Number(new URL(url).port) });
    // The relay does not know yet whose event connection it has, when the call comes.
    another.faults.next({ path: '/asterisk/info' }).delay(1_000);
    const headers = { Authorization: `Basic ${btoa(`${username}:${password}`)}` };
    const applications = async () => (await fetch(`${url}/ari/applications`, { headers })).json() as Promise<unknown[]>;
    await expect.poll(applications).toHaveLength(1);
    await another.call({ to: 'stasis-ivr' }).answered();
    expect(nodes).toEqual(['b']);
  });
});

describe('a relay that is killed', () => {
  it('says no good-bye: who asks it is told so, and another one takes over with one gap', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const env = { ARI_URL: asterisk.url, ARI_USERNAME: 'ari', ARI_PASSWORD: 'ari-secret', NATS_URL: house.nats.url };
    const killed = run('relay', ['--apps', 'ivr'], env);
    await killed.said('is up');
    const fleet = await house.worker();
    const heard = listen(fleet);
    const [stays, ends] = ['100', '200'].map((from) => asterisk.call({ to: 'stasis-ivr', from }));
    await expect.poll(() => heard.answers).toBe(2);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const asked = fleet.node('a').client.channels.list();
    await expect(asked).rejects.toMatchObject({ name: 'AriConnectionError', delivery: 'notSent' });
    await expect.poll(() => fleet.node('a').isUp).toBe(false);
    ends?.hangup();
    const next = await house.relay(asterisk);
    await expect.poll(() => heard.notices.length).toBe(1);
    await expect.poll(() => [fleet.calls, next.status.calls]).toEqual([1, 1]);
    stays?.press('9');
    await expect.poll(() => heard.digits).toEqual(['9']);
    expect(heard.notices.length).toBe(1);
  });
});
