import { expect, it } from 'vitest';
import { House } from './support/house.js';

const [doubles, workers, callsEach] = [3, 4, 40];

it('calls of several Asterisks are spread over all workers, each call to one', async () => {
  await using house = await House.open();
  const asterisks = await Promise.all(Array.from({ length: doubles }, (_, index) => house.asterisk(`node-${index}`)));
  await Promise.all(asterisks.map((asterisk) => house.relay(asterisk)));
  const fleets = await Promise.all(Array.from({ length: workers }, () => house.worker()));
  const taken = fleets.map(() => new Map<string, number>());
  await expect.poll(() => fleets.map(({ nodes }) => nodes.size)).toEqual(fleets.map(() => doubles));
  fleets.forEach((fleet, index) =>
    fleet.on('StasisStart', async ({ channel }) => {
      const node = fleet.nodeOf(channel).id;
      taken[index]?.set(node, (taken[index].get(node) ?? 0) + 1);
      await channel.answer();
    }),
  );
  const phones = asterisks.flatMap((asterisk) =>
    Array.from({ length: callsEach }, (_, index) => asterisk.call({ to: 'stasis-ivr', from: `${index}` })),
  );
  await Promise.all(phones.map((phone) => phone.answered()));
  const counts = taken.map((nodes) => [...nodes.values()].reduce((sum, each) => sum + each, 0));
  expect(counts.reduce((sum, each) => sum + each)).toBe(doubles * callsEach);
  // NATS chooses by chance: a worker's share of 30 strays by 5; further than four times that is no chance.
  const [mean, far] = [(doubles * callsEach) / workers, 20];
  for (const count of counts) expect(Math.abs(count - mean)).toBeLessThan(far);
  for (const nodes of taken) expect(nodes.size).toBe(doubles);
  phones.forEach((phone) => phone.hangup());
  await expect.poll(() => fleets.map(({ calls }) => calls)).toEqual(fleets.map(() => 0));
});
