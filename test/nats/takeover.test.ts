import { connect } from '@nats-io/transport-node';
import type { GapNotice } from 'asterisk-ari';
import type { TestAsterisk } from 'asterisk-ari/testing';
import { describe, expect, it, vi } from 'vitest';
import { House } from './support/house.js';
import { Load } from './support/load.js';
import { run } from './support/program.js';

/** A worker with one call, and the gaps that it is told of, each with the time. */
async function withCall(house: House, asterisk: TestAsterisk) {
  const fleet = await house.worker();
  const gaps: [notice: GapNotice, at: number][] = [];
  fleet.on('gap', (notice) => gaps.push([notice, Date.now()]));
  fleet.on('StasisStart', ({ channel }) => channel.answer());
  const { channelId } = asterisk.call({ to: 'stasis-ivr' });
  await expect.poll(() => fleet.calls).toBe(1);
  return { fleet, gaps, channelId, client: fleet.node('a').client };
}

/** A relay in a process of its own. */
async function process(house: House, { url }: TestAsterisk) {
  const env = { ARI_URL: url, ARI_USERNAME: 'ari', ARI_PASSWORD: 'ari-secret', NATS_URL: house.nats.url };
  const running = run('relay', ['--apps', 'ivr'], env);
  house.ends(async () => void running.child.kill('SIGKILL'));
  await running.said('is up');
  return running;
}

describe('a relay whose place another one takes', () => {
  it('answers what it was asked, and the other one what comes then; one gap at once', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    let present = await house.relay(asterisk);
    const { client, channelId, fleet, gaps } = await withCall(house, asterisk);
    for (let takeover = 1; takeover <= 4; takeover += 1) {
      const requests = new Load(client, channelId);
      await requests.more(50);
      const next = await house.relay(asterisk);
      const upAt = Date.now();
      await present.closed;
      await requests.more(50);
      expect(await requests.stop()).toMatchObject({ notSent: 0, unknown: [] });
      await expect.poll(() => gaps.length).toBe(takeover);
      expect(gaps.at(-1)![1] - upAt).toBeLessThan(1_000);
      await expect.poll(() => [fleet.node('a').isUp, next.status.calls]).toEqual([true, 1]);
      present = next;
    }
    await fleet.close();
    expect(gaps.length).toBe(4);
  });

  it('whose last words come late is not taken for the other one for long', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const { client, fleet } = await withCall(house, asterisk);
    const nats = await connect({ servers: house.nats.url });
    for (const state of ['up', 'gone']) {
      nats.publish('ari.v1.announce', JSON.stringify({ node: 'a', instance: 'older.1', apps: ['ivr'], state }));
    }
    await nats.drain();
    // Sooner than it announces itself anyway.
    await expect.poll(() => fleet.node('a').isUp, { timeout: 2_000 }).toBe(true);
    expect(await client.channels.list()).toHaveLength(1);
  });
});

describe('a worker that is closed', () => {
  it('looks after its relays no longer', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const begun = vi.spyOn(globalThis, 'setInterval');
    const ended = vi.spyOn(globalThis, 'clearInterval');
    const { fleet } = await withCall(house, asterisk);
    const timers = begun.mock.results.map(({ value }) => value as unknown);
    expect(timers).not.toEqual([]);
    await fleet.close();
    // The relay, which is in this process too, looks after a request for a moment longer.
    await expect
      .poll(() => timers.filter((each) => !ended.mock.calls.some(([cleared]) => cleared === each)))
      .toEqual([]);
  });
});

describe('a relay that ends', () => {
  it('answers what it was asked; what comes then is certainly not sent', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk);
    const { client, channelId, gaps } = await withCall(house, asterisk);
    const requests = new Load(client, channelId);
    await requests.more(50);
    await relay.close();
    await requests.more(50);
    await house.relay(asterisk);
    await expect.poll(() => gaps.length).toBe(1);
    await requests.more(50);
    const { answered, notSent, unknown } = await requests.stop();
    expect(unknown).toEqual([]);
    expect(answered).toBeGreaterThan(100);
    expect(notSent).toBeGreaterThan(20);
  });

  it('says of what takes longer than it waits that nobody knows', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk);
    const { client } = (await house.worker()).node('a');
    asterisk.faults.next({ path: '/channels/*/answer' }).hang();
    const asked = client.channels.answer({ channelId: 'x' }, { retry: false });
    const refused = expect(asked).rejects.toMatchObject({ name: 'AriConnectionError', delivery: 'outcomeUnknown' });
    await asterisk.journal.waitForRequest({ path: '/channels/*/answer' });
    const told = performance.now();
    await relay.close();
    await refused;
    expect(performance.now() - told).toBeLessThan(4_000);
  });
});

describe('a relay that is killed', () => {
  it('leaves nobody waiting who has asked it, whether another one comes or not', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    for (const comes of [false, true]) {
      const killed = await process(house, asterisk);
      const { client } = (await house.worker()).node('a');
      asterisk.faults.next({ path: '/channels/*/answer' }).hang();
      const asked = client.channels.answer({ channelId: `${comes}` }, { retry: false, timeoutMs: 20_000 });
      const refused = expect(asked).rejects.toMatchObject({ name: 'AriConnectionError', delivery: 'outcomeUnknown' });
      const gone = expect(asked).rejects.toThrow('channels.answer: the relay is gone that was to answer');
      await asterisk.journal.waitForRequest({ path: `/channels/${comes}/answer` });
      const at = performance.now();
      killed.child.kill('SIGKILL');
      if (comes) await house.relay(asterisk);
      await Promise.all([refused, gone]);
      expect(performance.now() - at).toBeLessThan(5_000);
    }
  });

  it('has its worker know soon, and one gap that begins when it was last heard', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const killed = await process(house, asterisk);
    const { fleet, gaps } = await withCall(house, asterisk);
    killed.child.kill('SIGKILL');
    const at = Date.now();
    await expect.poll(() => fleet.node('a').isUp, { timeout: 4_000 }).toBe(false);
    await house.relay(asterisk);
    await expect.poll(() => gaps.length).toBe(1);
    const [{ since, durationMs }] = gaps[0]!;
    expect(since.getTime()).toBeLessThanOrEqual(at);
    expect(since.getTime() + durationMs).toBeGreaterThan(at);
    expect(durationMs).toBeLessThan(10_000);
  });

  it('is known to be gone where another one comes at once, too: the gap began before', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const killed = await process(house, asterisk);
    const { fleet, gaps } = await withCall(house, asterisk);
    const at = Date.now();
    killed.child.kill('SIGKILL');
    const next = await house.relay(asterisk);
    await expect.poll(() => gaps.length).toBe(1);
    expect(gaps[0]![0].since.getTime()).toBeLessThanOrEqual(at);
    await expect.poll(() => [fleet.calls, next.status.calls]).toEqual([1, 1]);
    expect(gaps.length).toBe(1);
  });
});

describe('what another relay was asked before it was heard of', () => {
  it('is answered, though the one before is gone', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const { client, channelId, gaps } = await (async () => {
      const killed = await process(house, asterisk);
      const made = await withCall(house, asterisk);
      killed.child.kill('SIGKILL');
      await killed.ended;
      return made;
    })();
    const requests = new Load(client, channelId);
    await house.relay(asterisk);
    await expect.poll(() => gaps.length).toBe(1);
    await requests.more(50);
    const { unknown, answered } = await requests.stop();
    expect(unknown).toEqual([]);
    expect(answered).toBeGreaterThan(50);
  });
});
