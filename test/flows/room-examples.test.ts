import { connect } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';
import { expect, it } from 'vitest';
import { conferences } from '../../examples/conference.js';
import { serveQueue } from '../../examples/queue.js';

it('conference: a caller waits for the moderator, and the room ends with them', async () => {
  await using asterisk = await startAsterisk();
  await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
  const end = conferences(client, '4711');
  await client.start('conference');
  const [guest, leader] = ['101', '102'].map((from) => asterisk.call({ to: 'stasis-conference', from }));
  await guest!.hears('sound:conf-getconfno');
  guest!.press('100#');
  await guest!.hears('moh:default');
  await leader!.hears('sound:conf-getconfno');
  leader!.press('100*4711#');
  await guest!.hears('sound:confbridge-join');
  leader!.hangup();
  await guest!.hears('sound:vm-goodbye');
  await guest!.ended();
  await end();
  expect(asterisk.channelIds).toEqual([]);
});

it('queue: a caller waits, and is connected with the agent who answers', async () => {
  await using asterisk = await startAsterisk();
  await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
  const queue = serveQueue(client, 'support', ['PJSIP/alice', 'PJSIP/bob']);
  await client.start('support');
  const [alice, bob] = [asterisk.phone('alice'), asterisk.phone('bob')];
  alice.manner = 'busy';
  const caller = asterisk.call({ to: 'stasis-support' });
  await caller.hears('sound:queue-youarenext');
  await bob.rings();
  bob.answer();
  await expect.poll(async () => (await client.bridges.list()).map(({ channels }) => channels.length)).toEqual([2]);
  bob.hangup();
  await caller.ended();
  expect(queue.stats).toMatchObject({ answered: 1, waiting: 0 });
  await expect.poll(() => client.bridges.list()).toEqual([]);
  expect(asterisk.channelIds).toEqual([]);
});
