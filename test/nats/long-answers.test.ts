import { connect } from '@nats-io/transport-node';
import type { AriClient, Channel, GapNotice } from 'asterisk-ari';
import type { Fleet } from 'asterisk-ari/nats';
import type { TestAsterisk } from 'asterisk-ari/testing';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';

/** Far less than a list of forty channels takes. */
const small = 'max_payload: 4096';

/** A worker that has so many calls. */
async function withCalls(house: House, asterisk: TestAsterisk, count: number) {
  const fleet = await house.worker();
  const gaps: GapNotice[] = [];
  fleet.on('gap', (notice) => gaps.push(notice));
  const channels = new Map<string, Channel>();
  fleet.on('StasisStart', ({ channel }) => channels.set(channel.id, channel));
  const phones = Array.from({ length: count }, (_, index) =>
    asterisk.call({ to: 'stasis-ivr', from: String(100 + index) }),
  );
  await expect.poll(() => channels.size).toBe(count);
  return { fleet, gaps, phones, channel: (index: number) => channels.get(phones[index]!.channelId)! };
}

async function interrupt(house: House, meanwhile: () => void): Promise<void> {
  await house.nats.kill();
  meanwhile();
  await house.nats.resume();
}

function isUp(fleet: Fleet<AriClient>): boolean {
  return fleet.node('a').isUp;
}

describe('an answer that is longer than NATS takes', () => {
  it('comes in parts', async () => {
    await using house = await House.open(small);
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const { fleet, phones } = await withCalls(house, asterisk, 40);
    const { client } = fleet.node('a');
    const lists = await Promise.all([client.channels.list(), client.channels.list(), client.channels.list()]);
    const ids = phones.map(({ channelId }) => channelId).sort();
    for (const list of lists) {
      expect(list.map(({ id }) => id).sort()).toEqual(ids);
    }
  });

  it('is refused to who knows nothing of parts, as it was before', async () => {
    await using house = await House.open(small);
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    await withCalls(house, asterisk, 40);
    const nats = await connect({ servers: house.nats.url });
    house.ends(() => nats.close());
    const request = JSON.stringify({ type: 'RESTRequest', method: 'GET', uri: 'channels' });
    const answer = (await nats.request('ari.v1.request.a', request)).json();
    expect(answer).toMatchObject({ type: 'RelayFailure', delivery: 'outcomeUnknown' });
    expect(answer).toHaveProperty('reason', expect.stringMatching(/^the answer has \d+ bytes, and NATS takes 4096$/));
  });

  it('keeps no gap from coming: waits end, calls that are over are counted no longer, drain does not wait for them', async () => {
    await using house = await House.open(small);
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const { fleet, gaps, phones, channel } = await withCalls(house, asterisk, 40);
    phones.forEach((_, index) => channel(index).on('ChannelDtmfReceived', () => undefined));
    const wait = channel(0).waitFor('StasisEnd');
    wait.catch(() => undefined);
    await interrupt(house, () => [phones[0], phones[39]].forEach((phone) => phone!.hangup()));
    await expect.poll(() => gaps.length).toBe(1);
    await expect(wait).rejects.toThrow('has ended while the event connection was interrupted');
    const over = [phones[0]!.channelId, phones[39]!.channelId];
    expect(gaps[0]).toMatchObject({ gone: { channels: over }, unclear: { channels: [] } });
    expect(gaps[0]!.alive.channels).toHaveLength(38);
    await expect.poll(() => fleet.calls).toBe(38);
    phones.slice(1, 39).forEach((phone) => phone.hangup());
    expect(await fleet.drain({ timeoutMs: 8_000 })).toBe(0);
    expect(gaps).toHaveLength(1);
  });
});

describe('a worker with more calls than fit a message', () => {
  it('has all of them still when its relay begins anew, and when it was taken for gone', async () => {
    // Room for the identity of a worker, and a few ids.
    await using house = await House.open('max_payload: 1200');
    const asterisk = await house.asterisk('a');
    const first = await house.relay(asterisk);
    const { fleet, phones } = await withCalls(house, asterisk, 80);
    const other = await house.worker();
    const adopted: string[] = [];
    other.on('StasisStart', ({ channel }) => adopted.push(channel.id));
    await first.close();
    const second = await house.relay(asterisk);
    await expect.poll(() => [second.status.calls, second.status.offered, isUp(fleet)]).toEqual([80, 0, true]);
    const nats = await connect({ servers: house.nats.url });
    house.ends(() => nats.close());
    await nats.request(`ari.v1.worker.${fleet.id}`, JSON.stringify({ node: 'a' }));
    phones[79]!.hangup();
    await expect.poll(() => fleet.calls).toBe(79);
    expect(adopted).toEqual([]);
  });
});
