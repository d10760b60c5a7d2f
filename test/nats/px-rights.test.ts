import { AriError } from 'asterisk-ari';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';
import { worker } from './support/proxy.js';
import { as, documentedRights, refusals, without } from './support/rights.js';

const documented = documentedRights('nats-px.md');

describe('the documented rights of ari-proxy', () => {
  it('are all that a relay and a worker need', async () => {
    await using house = await House.open(documented);
    const asterisk = await house.asterisk('02:fc:00:00:00:01');
    const relay = await house.relay(asterisk, { ...as('relay'), px: true });
    const fleet = await worker(house, as('worker'));
    const digits: string[] = [];
    fleet.on('StasisStart', async ({ channel }) => {
      channel.on('ChannelDtmfReceived', (_channel, { digit }) => digits.push(digit));
      await channel.answer();
    });
    await expect.poll(() => fleet.nodes.size).toBe(1);
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await phone.answered();
    phone.press('1');
    await expect.poll(() => digits).toEqual(['1']);
    const { client } = fleet.node('02:fc:00:00:00:01');
    const bridge = await client.bridges.create({ type: 'mixing' });
    await bridge.addChannel({ channel: phone.channelId });
    expect(await client.channels.list()).toHaveLength(1);
    await fleet.drain({ timeoutMs: 1 });
    await relay.close();
    expect(refusals(house)).toEqual([]);
  });

  it.each([
    ['ari.ping', 'subscribe to ari.ping'],
    ['ari.get', 'subscribe to ari.get'],
    ['ari.data.>', 'subscribe to ari.data.ivr, subscribe to ari.data.ivr.a'],
    ['ari.command.>', 'subscribe to ari.command.ivr'],
    ['ari.create', 'subscribe to ari.create'],
  ])('a relay does not start without that to subscribe to %s', async (right, words) => {
    await using house = await House.open(without(documented, 'RELAY', 'subscribe', right));
    const refused = house.relay(await house.asterisk('a'), { ...as('relay'), px: true });
    await expect(refused).rejects.toThrow(`NATS does not let this relay ${words}`);
  });

  it.each([
    ['publish', 'ari.ping', 'publish to ari.ping'],
    ['subscribe', 'ari.announce', 'subscribe to ari.announce'],
    ['subscribe', 'ari.event.>', 'subscribe to ari.event.ivr.'],
    ['subscribe', '_INBOX.>', 'subscribe to _INBOX.'],
  ])('a worker does not start without that to %s to %s', async (verb, right, words) => {
    await using house = await House.open(without(documented, 'WORKER', verb, right));
    await house.relay(await house.asterisk('a'), { ...as('relay'), px: true });
    const refused = worker(house, as('worker'));
    await expect(refused).rejects.toThrow(AriError);
    await expect(refused).rejects.toThrow(`NATS does not let this worker ${words}`);
  });
});
