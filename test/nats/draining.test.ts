import { setTimeout as sleep } from 'node:timers/promises';
import type { AriClient } from 'asterisk-ari';
import type { Fleet } from 'asterisk-ari/nats';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';

/** Takes calls as a voicemail does: what is left to do begins when the caller has hung up. */
function keepMessages(fleet: Fleet<AriClient>, kept: string[]): void {
  fleet.on('StasisStart', async ({ channel }, { client }) => {
    const over = channel.waitFor('StasisEnd');
    await channel.answer();
    await over;
    for (const variable of ['FIRST', 'SECOND']) {
      await sleep(50);
      await client.asterisk.setGlobalVar({ variable, value: channel.id });
    }
    kept.push(channel.id);
  });
}

async function callOf(house: House) {
  const asterisk = await house.asterisk('a');
  const relay = await house.relay(asterisk);
  const fleet = await house.worker();
  const kept: string[] = [];
  keepMessages(fleet, kept);
  const phone = asterisk.call({ to: 'stasis-ivr' });
  await phone.answered();
  return { asterisk, relay, fleet, kept, phone };
}

describe('drain() lets be done what the last call has left to do', () => {
  it('of a worker', async () => {
    await using house = await House.open();
    const { fleet, kept, phone } = await callOf(house);
    const drained = fleet.drain({ timeoutMs: 20_000 });
    phone.hangup();
    expect(await drained).toBe(0);
    expect(kept).toEqual([phone.channelId]);
  });

  it('of a worker, but not for longer than it was told', async () => {
    await using house = await House.open();
    const { fleet, phone } = await callOf(house);
    fleet.on('StasisEnd', () => new Promise(() => undefined));
    phone.hangup();
    const began = performance.now();
    expect(await fleet.drain({ timeoutMs: 500 })).toBe(0);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('of a relay: requests of workers are passed on until they ask nothing more', async () => {
    await using house = await House.open();
    const { relay, kept, phone } = await callOf(house);
    const drained = relay.drain({ timeoutMs: 20_000 });
    phone.hangup();
    expect(await drained).toBe(0);
    expect(kept).toEqual([phone.channelId]);
  });

  it('of a relay, which does not wait where nothing was asked lately', async () => {
    await using house = await House.open();
    const relay = await house.relay(await house.asterisk('a'));
    const began = performance.now();
    expect(await relay.drain()).toBe(0);
    expect(performance.now() - began).toBeLessThan(900);
  });
});
