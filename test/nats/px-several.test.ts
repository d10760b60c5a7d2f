import type { GapNotice } from 'asterisk-ari';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';
import { Load } from './support/load.js';
import { worker } from './support/proxy.js';

describe('several ari-proxies', () => {
  it('are a node each, whose calls and losses are no business of the others', async () => {
    await using house = await House.open();
    const [a, b] = [await house.asterisk('a'), await house.asterisk('b')];
    const [relay] = [await house.relay(a, { px: true }), await house.relay(b, { px: true })];
    const fleet = await worker(house);
    await expect.poll(() => [...fleet.nodes.values()].map(({ isUp }) => isUp)).toEqual([true, true]);
    const heard: string[] = [];
    fleet.on('StasisStart', async ({ channel }) => {
      channel.on('ChannelDtmfReceived', (_channel, { digit }) => heard.push(`${fleet.nodeOf(channel).id} ${digit}`));
      await channel.answer();
    });
    const phones = [a, b].map((asterisk) => asterisk.call({ to: 'stasis-ivr' }));
    await Promise.all(phones.map((phone) => phone.answered()));
    phones.forEach((phone, index) => phone.press(String(index)));
    await expect.poll(() => heard.toSorted()).toEqual(['a 0', 'b 1']);
    await relay.close();
    const asked = fleet.node('a').client.channels.list({ retry: false });
    await expect(asked).rejects.toMatchObject({ name: 'AriConnectionError', delivery: 'notSent' });
    expect(await fleet.node('b').client.channels.list()).toHaveLength(1);
    expect(['a', 'b'].map((id) => fleet.node(id).isUp)).toEqual([false, true]);
    await house.relay(a, { px: true });
    await expect.poll(() => fleet.node('a').isUp).toBe(true);
    phones[0]?.press('9');
    await expect.poll(() => heard).toContain('a 9');
  });

  it('of one node answer all requests, while one takes the place of the other and its client is told of no loss', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    let present = await house.relay(asterisk, { px: true });
    const fleet = await worker(house);
    const gaps: GapNotice[] = [];
    fleet.on('gap', (notice) => gaps.push(notice));
    await fleet.on('StasisStart', ({ channel }) => channel.answer()).ready;
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await phone.answered();
    for (let takeover = 1; takeover <= 3; takeover += 1) {
      const requests = new Load(fleet.node('a').client, phone.channelId);
      await requests.more(50);
      const next = await house.relay(asterisk, { px: true });
      await present.closed;
      await requests.more(50);
      expect(await requests.stop()).toMatchObject({ notSent: 0, unknown: [] });
      present = next;
    }
    expect([fleet.node('a').isUp, gaps.length]).toEqual([true, 0]);
  });
});
