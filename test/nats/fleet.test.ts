import { NotFoundError } from 'asterisk-ari';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';

describe('a fleet', () => {
  it('meets the nodes whose relays are there, and asks their Asterisks', async () => {
    await using house = await House.open();
    const [a, b] = [await house.asterisk('a'), await house.asterisk('b')];
    await house.relay(a);
    await house.relay(b);
    const fleet = await house.worker();
    await expect.poll(() => [...fleet.nodes.keys()].sort()).toEqual(['a', 'b']);
    const { client, release, isUp } = fleet.node('b');
    expect({ release, isUp }).toEqual({ release: '22.10.1', isUp: true });
    expect(await client.channels.list()).toEqual([]);
    await expect(client.channels.get({ channelId: 'none' })).rejects.toThrow(NotFoundError);
  });

  it('shows its nodes to whoever looks, and lets nobody change them', async () => {
    await using house = await House.open();
    await house.relay(await house.asterisk('a'));
    const { nodes } = await house.worker();
    expect('set' in nodes || 'delete' in nodes || 'clear' in nodes || nodes instanceof Map).toBe(false);
    expect([nodes.size, nodes.has('a'), nodes.get('a')?.id, nodes.get('b')]).toEqual([1, true, 'a', undefined]);
    const all = [[...nodes].length, [...nodes.keys()], [...nodes.values()].length, [...nodes.entries()].length];
    expect(all).toEqual([1, ['a'], 1, 1]);
    nodes.forEach((node, id, map) => expect([node.id, map]).toEqual([id, nodes]));
    await house.relay(await house.asterisk('b'));
    await expect.poll(() => nodes.size).toBe(2);
  });

  it('gives each call to one worker, which gets all of its events and no others', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const workers = [await house.worker(), await house.worker(), await house.worker()];
    const heard: string[] = [];
    workers.forEach((fleet, index) => {
      fleet.on('StasisStart', async ({ channel }) => {
        heard.push(`${index} start ${channel.caller.number}`);
        channel.on('ChannelDtmfReceived', (_channel, { digit }) =>
          heard.push(`${index} ${digit} ${channel.caller.number}`),
        );
        await channel.answer();
      });
      fleet.on('ChannelDtmfReceived', ({ digit }) => heard.push(`${index} fleet ${digit}`));
    });
    // An answer proves that what was said to NATS before, that calls are taken, has come there.
    await Promise.all(workers.map((fleet) => fleet.node('a').client.channels.list()));
    const phones = Array.from({ length: 12 }, (_, i) => asterisk.call({ to: 'stasis-ivr', from: String(100 + i) }));
    await expect.poll(() => heard.filter((each) => each.includes('start')).length).toBe(12);
    await Promise.all(phones.map((phone) => phone.answered()));
    phones.forEach((phone) => phone.press('7'));
    await expect.poll(() => heard.length).toBe(36);
    const workersWithCalls = new Set(heard.map((each) => each[0]));
    expect(workersWithCalls.size).toBeGreaterThan(1);
    for (let number = 100; number < 112; number += 1) {
      const owner = heard.find((each) => each.endsWith(`start ${number}`))?.[0];
      expect(heard.filter((each) => each.endsWith(`7 ${number}`))).toEqual([`${owner} 7 ${number}`]);
    }
    phones.forEach((phone) => phone.hangup());
    await expect.poll(() => workers.map(({ calls }) => calls)).toEqual([0, 0, 0]);
  });
});
