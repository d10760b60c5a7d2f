import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AriClient } from 'asterisk-ari';
import type { Fleet } from 'asterisk-ari/nats';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';
import { as, documentedRights, without } from './support/rights.js';

/** What stands between a relay and NATS, and can cut it off. */
async function doorOf(house: House) {
  const sockets = new Set<Socket>();
  let isOpen = true;
  const server = createServer((inside) => {
    if (!isOpen) return void inside.destroy();
    const outside = connect(house.nats.port, '127.0.0.1');
    for (const each of [inside, outside]) {
      sockets.add(each);
      each.on('error', () => undefined);
      each.on('close', () => [inside, outside].forEach((one) => one.destroy()));
    }
    inside.pipe(outside).pipe(inside);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const shut = (): void => {
    isOpen = false;
    sockets.forEach((each) => each.destroy());
  };
  house.ends(async () => {
    shut();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return { url: `nats://127.0.0.1:${port}`, shut, open: () => void (isOpen = true) };
}

function heardBy(fleet: Fleet<AriClient>) {
  const heard = { gaps: 0, gone: 0, digits: '' };
  fleet.on('gap', ({ gone }) => {
    heard.gaps += 1;
    heard.gone += gone.channels.length;
  });
  fleet.on('StasisStart', async ({ channel }) => {
    channel.on('ChannelDtmfReceived', (_channel, { digit }) => (heard.digits += digit));
    await channel.answer();
  });
  return heard;
}

describe('what a relay cannot pass on is told by a gap', () => {
  it('when its own connection to NATS is away for a moment', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const door = await doorOf(house);
    const relay = await house.relay(asterisk, { servers: door.url });
    const fleet = await house.worker();
    const heard = heardBy(fleet);
    const phones = ['100', '200'].map((from) => asterisk.call({ to: 'stasis-ivr', from }));
    await Promise.all(phones.map((phone) => phone.answered()));
    for (const round of [1, 2, 3]) {
      door.shut();
      await expect.poll(() => relay.status.connected).toBe(false);
      phones[0]?.press(String(round));
      if (round === 3) phones[1]?.hangup();
      await sleep(20);
      door.open();
      await expect.poll(() => [relay.status.connected, heard.gaps]).toEqual([true, round]);
      await expect.poll(() => fleet.node('a').isUp).toBe(true);
    }
    expect(heard.digits).toBe('');
    await expect.poll(() => [heard.gone, fleet.calls]).toEqual([1, 1]);
    phones[0]?.hangup();
    expect(await fleet.drain()).toBe(0);
  });

  it('when it may not send events for a while: it is down, and looks after what was missed when it may again', async () => {
    const documented = documentedRights('nats.md');
    await using house = await House.open(documented);
    const asterisk = await house.asterisk('a');
    const errors: string[] = [];
    const logger = { debug() {}, info() {}, warn() {}, error: (line: string) => errors.push(line) };
    const relay = await house.relay(asterisk, { ...as('relay'), logger });
    const fleet = await house.worker(as('worker'));
    const heard = heardBy(fleet);
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await phone.answered();
    house.nats.configure(without(documented, 'RELAY', 'publish', 'ari.v1.event.>'));
    await house.nats.reload();
    phone.press('1');
    await expect.poll(() => [relay.status.state, fleet.node('a').isUp]).toEqual(['down', false]);
    phone.hangup();
    await expect.poll(() => relay.status.calls).toBe(0);
    house.nats.configure(documented);
    await house.nats.reload();
    await expect.poll(() => [relay.status.state, heard.gaps, heard.gone, fleet.calls]).toEqual(['up', 1, 1, 0]);
    expect(relay.status.lost).toBeGreaterThan(0);
    expect(errors).toEqual([
      expect.stringContaining('NATS does not let events be sent to ari.v1.event.a.ivr.channel.'),
    ]);
  });
});
