import { AriError, type AriClient, type Channel } from 'asterisk-ari';
import { connect, gather, supervise } from 'asterisk-ari/flows';
import type { Fleet } from 'asterisk-ari/nats';
import { expect, it } from 'vitest';
import { House } from './support/house.js';
import { programOf, runCode } from './support/page.js';

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

it("a supervisor of one worker listens to another one's channel, which it knows from the list", async () => {
  await using house = await House.open();
  const asterisk = await house.asterisk('a');
  await house.relay(asterisk);
  const workers = [await house.worker({ maxCalls: 1 }), await house.worker({ maxCalls: 1 })] as const;
  const [theirs, own] = workers.map(nextCall) as [Promise<Channel>, Promise<Channel>];
  const phones = new Map(['100', '200'].map((from) => [from, asterisk.call({ to: 'stasis-ivr', from })]));
  const [channel, supervisor] = [await theirs, await own];
  const { client } = workers[1].nodeOf(supervisor);
  const listed = (await client.channels.list()).find(({ id }) => id === channel.id) as Channel;
  const supervision = supervise(client, { supervisor, channel: listed, app: 'ivr' });
  await expect.poll(async () => (await client.bridges.list()).map(({ channels }) => channels.length)).toEqual([2]);
  phones.get(channel.caller.number)?.hangup();
  expect(await supervision).toMatchObject({ reason: 'hangup', by: 'channel' });
});

it('the program of the page hands callers over to the worker that has the queue, and gets them back', async () => {
  await using house = await House.open();
  const asterisk = await house.asterisk('a');
  await house.relay(asterisk, { apps: ['ivr', 'support'] });
  const alice = asterisk.phone('PJSIP/alice');
  alice.manner = 'answer';
  const code = programOf('docs/nats.md', 'new Queue(')
    .replace('nats://nats.example.com:4222', house.nats.url)
    .replace('maxWaitMs: 300_000', 'maxWaitMs: 1_000');
  const child = runCode(code);
  house.ends(async () => child.kill());
  await using observer = await house.worker({ observe: true, apps: ['ivr', 'support'] });
  await expect.poll(() => observer.nodes.get('a')?.isUp).toBe(true);
  const { client } = observer.node('a');
  const phones = ['100', '200'].map((from) => asterisk.call({ to: 'stasis-ivr', from }));
  await expect
    .poll(async () => (await client.bridges.list()).map((bridge) => `${bridge.bridge_type} ${bridge.channels.length}`))
    .toEqual(expect.arrayContaining(['mixing 2', 'holding 1']));
  // Whom nobody answers in time is handed back, and hung up there.
  await expect.poll(() => phones.map(({ state }) => state).toSorted()).toEqual(['idle', 'talking']);
  expect(alice.state).toBe('talking');
  alice.hangup();
  await expect.poll(() => phones.map(({ state }) => state)).toEqual(['idle', 'idle']);
});
