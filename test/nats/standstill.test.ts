import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';
import { run } from './support/program.js';

/** Resolves with how long something took, in milliseconds. */
async function timeOf(ended: Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await ended;
  return performance.now() - begin;
}

/** A relay and a worker that has a call; then NATS stands still, and goes on only when the test is over. */
async function frozen() {
  const house = await House.open();
  const asterisk = await house.asterisk('a');
  const relay = await house.relay(asterisk);
  const fleet = await house.worker();
  fleet.on('StasisStart', async ({ channel }) => {
    channel.on('ChannelDtmfReceived', () => undefined);
    await channel.answer();
  });
  await asterisk.call({ to: 'stasis-ivr' }).answered();
  house.nats.freeze();
  house.ends(async () => house.nats.thaw());
  return { house, relay, fleet };
}

describe('where NATS stands still', () => {
  it('a relay closes all the same, and drains no longer than it was told', async () => {
    const { house, relay } = await frozen();
    await using _house = house;
    expect(await timeOf(relay.close())).toBeLessThan(4_000);
    const { house: other, relay: drained } = await frozen();
    await using _other = other;
    expect(await timeOf(drained.drain({ timeoutMs: 500 }))).toBeLessThan(4_500);
  });

  it('a worker closes all the same, and drains no longer than it was told', async () => {
    const { house, fleet } = await frozen();
    await using _house = house;
    expect(await timeOf(fleet.close())).toBeLessThan(3_000);
    const { house: other, fleet: drained } = await frozen();
    await using _other = other;
    expect(await timeOf(drained.drain({ timeoutMs: 500 }))).toBeLessThan(3_500);
  });

  it('the program ends when it is told to, and at once when it is told again', async () => {
    await using house = await House.open();
    const program = async (node: string) => {
      const { url } = await house.asterisk(node);
      const args = ['--url', url, '--username', 'ari', '--apps', 'ivr', '--nats', house.nats.url, '--drain', '1'];
      const running = run('relay', args, { ARI_PASSWORD: 'ari-secret' });
      house.ends(async () => void running.child.kill('SIGKILL'));
      await running.said('is up');
      return running;
    };
    const [once, twice] = await Promise.all([program('a'), program('b')]);
    house.nats.freeze();
    house.ends(async () => house.nats.thaw());
    once.child.kill('SIGTERM');
    twice.child.kill('SIGTERM');
    await twice.said('SIGTERM');
    twice.child.kill('SIGTERM');
    expect(await timeOf(twice.ended.then((code) => expect(code).toBe(0)))).toBeLessThan(2_500);
    expect(await timeOf(once.ended.then((code) => expect(code).toBe(0)))).toBeLessThan(5_000);
  });
});
