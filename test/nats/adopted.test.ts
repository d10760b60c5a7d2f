import { expect, it } from 'vitest';
import { House } from './support/house.js';
import { mortal } from './support/mortal.js';

it('what a worker that is gone has left is adopted: callers, legs with the args that it gave them; bridges stay', async () => {
  await using house = await House.open();
  const asterisk = await house.asterisk('a');
  await house.relay(asterisk, { workerCheckMs: 50 });
  const first = await mortal(house);
  const told: [args: readonly string[], isAdopted: boolean][] = [];
  first.fleet.on('StasisStart', ({ channel, args }) => {
    told.push([args, first.fleet.isAdopted(channel)]);
    return channel.answer();
  });
  const phone = asterisk.call({ to: 'stasis-ivr' });
  await phone.answered();
  const { client } = first.fleet.node('a');
  const leg = client.channels.handle();
  const started = leg.waitFor('StasisStart', { timeoutMs: 10_000 });
  await leg.originateWithId({ endpoint: 'Local/wait@default', app: 'ivr', appArgs: 'dialed' });
  await started;
  const bridge = await client.bridges.create({ type: 'mixing' });
  await bridge.addChannel({ channel: [phone.channelId, leg.id] });
  // Its own leg comes to the listener as well, and is known by what it was given.
  expect(told).toEqual([
    [[], false],
    [['dialed'], false],
  ]);
  const second = await house.worker();
  const left = new Map<string, readonly string[]>();
  second.on('StasisStart', ({ channel, args }) => second.isAdopted(channel) && left.set(channel.id, args));
  await first.die();
  await expect.poll(() => [left.get(phone.channelId), left.get(leg.id)]).toEqual([[], ['dialed']]);
  const bridges = await second.node('a').client.bridges.list();
  expect(bridges.map(({ id, channels }) => [id, channels.toSorted()])).toEqual([
    [bridge.id, [phone.channelId, leg.id].toSorted()],
  ]);
});
