import { connect } from '@nats-io/transport-node';
import type { AriClient, Channel } from 'asterisk-ari';
import type { FleetNode } from 'asterisk-ari/nats';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';

describe('a node whose Asterisk goes by another name', () => {
  it('goes away once its end is told; what is held of it says so', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const port = Number(new URL(asterisk.url).port);
    await house.relay(asterisk);
    const fleet = await house.worker();
    const heard: string[] = [];
    let held: Channel | undefined;
    fleet.on('StasisStart', ({ channel }) => {
      held = channel;
    });
    fleet.on('gap', ({ gone }, { id }) => heard.push(`${id} gap ${gone.channels.join()}`));
    fleet.on('state', ({ state, error }, { id }) => heard.push(`${id} ${state} ${error?.message}`));
    fleet.onNode(({ id }) => heard.push(`node ${id}`));
    const { channelId } = asterisk.call({ to: 'stasis-ivr' });
    await expect.poll(() => fleet.calls).toBe(1);
    await expect.poll(() => held?.id).toBe(channelId);
    const before = fleet.node('a');
    await asterisk.close();
    const other = await house.asterisk('b', { port });
    await expect.poll(() => fleet.nodes.get('b')?.isUp).toBe(true);
    await expect.poll(() => heard).toContain('a closed a: its Asterisk is b now');
    expect([...fleet.nodes.keys()]).toEqual(['b']);
    expect(() => fleet.node('a')).toThrow("no relay has announced the node 'a'; announced are: b");
    expect(heard).toContain(`a gap ${channelId}`);
    expect(fleet.calls).toBe(0);
    expect([fleet.nodeOf(held as Channel), before.isUp]).toEqual([before, false]);
    await expect((held as Channel).answer()).rejects.toMatchObject({
      message: 'channels.answer was not sent: its Asterisk is b now',
      delivery: 'notSent',
    });
    await other.close();
    await house.asterisk('a', { port });
    await expect.poll(() => fleet.nodes.get('a')?.isUp).toBe(true);
    expect([...fleet.nodes.keys()]).toEqual(['a']);
    expect(heard.filter((line) => line.startsWith('node'))).toEqual(['node a', 'node b', 'node a']);
    expect(fleet.node('a')).not.toBe(before);
  });
});

describe('nodes that come and go under ever new names', () => {
  it('are forgotten, the oldest first, but for 100, and those of which the worker has something', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('own');
    const relay = await house.relay(asterisk);
    const fleet = await house.worker();
    let channel: Channel | undefined;
    fleet.on('StasisStart', (event) => {
      channel = event.channel;
    });
    asterisk.call({ to: 'stasis-ivr' });
    await expect.poll(() => channel).toBeDefined();
    await relay.close();
    await expect.poll(() => fleet.node('own').isUp).toBe(false);
    const nats = await connect({ servers: house.nats.url });
    house.ends(() => nats.close());
    const say = (id: number, state: string, place?: string): void =>
      nats.publish(
        'ari.v1.announce',
        JSON.stringify({ node: `n${id}`, instance: `r${id}.1`, apps: ['ivr'], state, place }),
      );
    const told: FleetNode<AriClient>[] = [];
    fleet.onNode((node) => told.push(node));
    for (let id = 0; id < 150; id += 1) {
      say(id, 'up');
      say(id, 'gone');
    }
    say(150, 'up');
    await expect.poll(() => fleet.nodes.has('n150')).toBe(true);
    const kept = Array.from({ length: 101 }, (_, index) => `n${50 + index}`);
    expect([...fleet.nodes.keys()]).toEqual(['own', ...kept]);
    const [, first] = told;
    await expect(first?.client.channels.list()).rejects.toMatchObject({
      message: 'channels.list was not sent: no relay stands for n0 any more',
      delivery: 'notSent',
    });
    say(0, 'up');
    await expect.poll(() => fleet.nodes.has('n0')).toBe(true);
    expect(told.filter(({ id }) => id === 'n0')).toHaveLength(2);
  });

  it('at one place are one node at a time, whatever a relay that was there before still says', async () => {
    await using house = await House.open();
    const fleet = await house.worker({ discoverMs: 0 });
    const nats = await connect({ servers: house.nats.url });
    house.ends(() => nats.close());
    const say = (node: string, state: string): void =>
      nats.publish(
        'ari.v1.announce',
        JSON.stringify({ node, instance: `${node}.1`, apps: ['ivr'], place: 'pod', state }),
      );
    const told: string[] = [];
    fleet.onNode(({ id }) => told.push(id));
    for (const node of ['a', 'b', 'c']) {
      say(node, 'up');
      say(node, 'down');
    }
    say('d', 'up');
    say('c', 'down');
    say('c', 'gone');
    say('e', 'down');
    await expect.poll(() => told).toEqual(['a', 'b', 'c', 'd']);
    await nats.flush();
    await expect.poll(() => [...fleet.nodes.keys()]).toEqual(['d']);
  });
});
