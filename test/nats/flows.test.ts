import { AriError, type AriClient, type Channel } from 'asterisk-ari';
import { connect, gather } from 'asterisk-ari/flows';
import type { Fleet } from 'asterisk-ari/nats';
import { expect, it } from 'vitest';
import { House } from './support/house.js';

/** The next call of a worker, answered. */
function nextCall(fleet: Fleet<AriClient>): Promise<Channel> {
  return new Promise((resolve) => {
    fleet.on('StasisStart', async ({ channel }) => {
      await channel.answer();
      resolve(channel);
    });
  });
}

it('flows run on a call of a fleet, with the client of its node', async () => {
  await using house = await House.open();
  const asterisk = await house.asterisk('a');
  await house.relay(asterisk);
  const fleet = await house.worker();
  const taken = nextCall(fleet);
  const phone = asterisk.call({ to: 'stasis-ivr' });
  const channel = await taken;
  const gathered = gather(channel, { maxDigits: 2 });
  phone.press('4');
  phone.press('2');
  expect(await gathered).toMatchObject({ digits: '42' });
  const other = asterisk.call({ to: 'stasis-ivr', from: '200' });
  await other.answered();
  const { client } = fleet.nodeOf(channel);
  const connected = connect(client, { channels: [channel, client.channels.handle(other.channelId)] });
  await expect.poll(async () => (await client.bridges.list()).map(({ channels }) => channels.length)).toEqual([2]);
  other.hangup();
  expect(await connected).toMatchObject({ reason: 'hangup' });
});

it('callers of two workers on one node are connected by handles of their ids; an object is of one fleet only', async () => {
  await using house = await House.open();
  const asterisk = await house.asterisk('a');
  await house.relay(asterisk);
  const workers = [await house.worker({ maxCalls: 1 }), await house.worker({ maxCalls: 1 })] as const;
  const taken = Promise.all(workers.map(nextCall));
  const phones = ['100', '200'].map((from) => asterisk.call({ to: 'stasis-ivr', from }));
  const [theirs, own] = (await taken) as [Channel, Channel];
  expect(() => workers[1].nodeOf(theirs)).toThrow(AriError);
  const { client } = workers[1].nodeOf(own);
  const connected = connect(client, { channels: [own, client.channels.handle(theirs.id)] });
  await expect.poll(async () => (await client.bridges.list()).map(({ channels }) => channels.length)).toEqual([2]);
  phones.find(({ channelId }) => channelId === theirs.id)?.hangup();
  expect(await connected).toMatchObject({ reason: 'hangup' });
  await expect.poll(() => workers.map(({ calls }) => calls)).toEqual([0, 0]);
});
