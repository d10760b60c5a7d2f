import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';
import { as, documentedRights, without } from './support/rights.js';

const documented = documentedRights('nats.md');

/** Takes a right away, and returns what gives it back. */
async function takeAway(house: House, ...right: [role: string, verb: string, subject: string]) {
  house.nats.configure(without(documented, ...right));
  await house.nats.reload();
  expect(house.nats.log.join()).toContain('not authorized');
  return async (): Promise<void> => {
    house.nats.configure(documented);
    await house.nats.reload();
  };
}

const logged = () => {
  const warnings: string[] = [];
  const errors: string[] = [];
  const logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: (line: string) => warnings.push(line),
    error: (line: string) => errors.push(line),
  };
  return { warnings, errors, logger };
};

describe('rights that are taken away for a while', () => {
  it('leave no worker deaf: it hears again, and of one gap since then', async () => {
    await using house = await House.open(documented);
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk, as('relay'));
    const { errors, warnings, logger } = logged();
    const fleet = await house.worker({ ...as('worker'), logger });
    const heard: string[] = [];
    const gaps: number[] = [];
    fleet.on('gap', ({ since }) => gaps.push(since.getTime()));
    fleet.on('StasisStart', async (event) => {
      event.channel.on('ChannelDtmfReceived', (_channel, { digit }) => heard.push(digit));
      await event.channel.answer();
    });
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await phone.answered();
    phone.press('1');
    await expect.poll(() => heard).toEqual(['1']);
    const began = Date.now();
    const giveBack = await takeAway(house, 'WORKER', 'subscribe', 'ari.v1.event.>');
    phone.press('2');
    await giveBack();
    await expect.poll(() => gaps.length, { timeout: 15_000 }).toBe(1);
    phone.press('3');
    await expect.poll(() => heard).toEqual(['1', '3']);
    expect(gaps[0]).toBeGreaterThanOrEqual(began);
    expect(errors.filter((line) => line.includes('ari.v1.event'))).toHaveLength(1);
    expect(warnings.join()).toMatch(/what was refused since .* is heard again/);
    expect(fleet.calls).toBe(1);
  });

  it('leave no relay deaf, though its subscriptions have a queue', async () => {
    await using house = await House.open(documented);
    const asterisk = await house.asterisk('a');
    const { errors, logger } = logged();
    await house.relay(asterisk, { ...as('relay'), logger });
    const fleet = await house.worker(as('worker'));
    const { client } = fleet.node('a');
    expect(await client.channels.list()).toEqual([]);
    const giveBack = await takeAway(house, 'RELAY', 'subscribe', 'ari.v1.request.*');
    await expect(client.channels.list()).rejects.toMatchObject({ delivery: 'notSent' });
    await giveBack();
    await expect.poll(() => client.channels.list().catch(String), { timeout: 15_000, interval: 200 }).toEqual([]);
    expect(errors.filter((line) => line.includes('ari.v1.request.a'))).toHaveLength(1);
  });

  it('leave no answers unheard', async () => {
    await using house = await House.open(documented);
    await house.relay(await house.asterisk('a'), as('relay'));
    const fleet = await house.worker(as('worker'));
    const { client } = fleet.node('a');
    const giveBack = await takeAway(house, 'WORKER', 'subscribe', '_INBOX.>');
    await giveBack();
    const list = () => client.channels.list({ timeoutMs: 300 }).catch(String);
    await expect.poll(list, { timeout: 15_000, interval: 200 }).toEqual([]);
  });
});
