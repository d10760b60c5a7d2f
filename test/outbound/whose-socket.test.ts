import { expect, it } from 'vitest';
import { startAsterisk } from 'asterisk-ari/testing';
import { credentials, Peer } from './support/peer.js';
import { Worker } from './support/worker.js';

const app = 'ivr:PJSIP/alice-00000001';
const old = { id: 'old', name: 'PJSIP/alice-00000001' };
const fresh = { id: 'fresh', name: 'PJSIP/alice-00000001' };
const runs = { first: '2026-01-01T00:00:00.000+0000', later: '2026-01-03T00:00:00.000+0000' };

it.each([
  ['tells when it was started', { startedAt: runs.first }, { startedAt: runs.later }],
  ['does not tell when it was started', {}, {}],
  ['has the call in the same run', { startedAt: runs.first }, { startedAt: runs.first }],
])('a call under the name of one that a crash has ended is a new one: Asterisk %s', async (_what, before, after) => {
  await using worker = await Worker.start();
  const crashing = await Peer.connect(worker.url, app, { ...before, channels: [old] });
  crashing.start(old);
  const lost = await worker.forCall();
  expect((await lost.call()).channel.id).toBe('old');
  crashing.cut();
  await expect.poll(() => lost.client.state).toBe('reconnecting');
  const restarted = await Peer.connect(worker.url, app, { ...after, channels: [fresh] });
  expect((await lost.closed)?.message).toMatch(/is over: another one has begun under this name/);
  const found = await worker.forCall(2);
  restarted.start(fresh, ['again']);
  expect(await found.call()).toMatchObject({ channel: { id: 'fresh' }, args: ['again'], adopted: false });
  expect(worker.server.connections).toEqual([found]);
});

it('one that comes back is let in where there is no room for another one', async () => {
  await using worker = await Worker.start({ maxConnections: 1 });
  const first = await Peer.connect(worker.url, 'ivr');
  const { client } = await worker.connection();
  first.cut();
  await expect.poll(() => client.state).toBe('reconnecting');
  const other = await Peer.connect(worker.url, 'queue');
  expect(await other.closed()).toBe(1013);
  await Peer.connect(worker.url, 'ivr');
  await expect.poll(() => client.state).toBe('open');
  expect(worker.connections).toHaveLength(1);
  expect(worker.log.join('\n')).toMatch(/was closed: there is no room \(maxConnections\)/);
});

it('one that comes back before its loss was seen is let in, too, and counted once', async () => {
  await using worker = await Worker.start({ maxConnections: 2 });
  const lost = await Peer.connect(worker.url, 'ivr', { isDead: true });
  await worker.connection();
  await Peer.connect(worker.url, 'queue');
  await worker.connection(2);
  await Peer.connect(worker.url, 'ivr');
  expect(await lost.closed()).toBe(1006);
  await expect.poll(() => worker.connections[0]?.client.state).toBe('open');
  expect(worker.server.connections).toHaveLength(2);
});

it('a call under the name of one that is over finds room in its place', async () => {
  await using worker = await Worker.start({ maxConnections: 1 });
  const crashing = await Peer.connect(worker.url, app, { channels: [old] });
  crashing.start(old);
  const lost = await worker.forCall();
  await lost.call();
  const others = new Peer(worker.url, ['ivr:PJSIP/bob-00000002']);
  await expect(others.opened).rejects.toThrow('503');
  crashing.cut();
  await expect.poll(() => lost.client.state).toBe('reconnecting');
  await Peer.connect(worker.url, app, { channels: [fresh] });
  await worker.forCall(2);
  expect(await lost.closed).toBeDefined();
});

it('a call of a machine that has lost its power, and was never seen to end, gives way as well', async () => {
  await using worker = await Worker.start();
  const dead = await Peer.connect(worker.url, app, { startedAt: runs.first, channels: [old], isDead: true });
  dead.start(old);
  const lost = await worker.forCall();
  await lost.call();
  await Peer.connect(worker.url, app, { startedAt: runs.later, channels: [fresh] });
  expect((await lost.closed)?.message).toMatch(/is over: another one has begun under this name/);
  expect(await dead.closed()).toBe(1006);
  await worker.forCall(2);
});

it('a call that enters once more is a new one, though its first time was never seen to end', async () => {
  await using worker = await Worker.start();
  const first = await Peer.connect(worker.url, app, { startedAt: runs.first, channels: [old] });
  first.start(old);
  const lost = await worker.forCall();
  await lost.call();
  first.cut();
  await expect.poll(() => lost.client.state).toBe('reconnecting');
  const again = new Peer(worker.url, [app], { startedAt: runs.first, channels: [old] });
  await again.opened;
  // What it says at once.
  again.say({ type: 'ApplicationRegistered' });
  again.start(old, ['again']);
  const found = await worker.forCall(2);
  expect(await found.call()).toMatchObject({ args: ['again'], adopted: false });
  expect(await lost.closed).toBeDefined();
});

it('a call that enters once more while the connection of its first time ends has one of its own', async () => {
  await using worker = await Worker.start();
  const first = await Peer.connect(worker.url, app, { startedAt: runs.first, channels: [old] });
  first.start(old);
  const ending = await worker.forCall();
  await ending.call();
  first.end(old);
  const over = new Promise<void>((resolve) => void ending.client.once('StasisEnd', () => resolve()));
  await over;
  const again = Peer.connect(worker.url, app, { startedAt: runs.first, channels: [old] });
  first.close(1000);
  (await again).start(old, ['again']);
  const found = await worker.forCall(2);
  expect((await found.call()).args).toEqual(['again']);
  expect(await ending.closed).toBeUndefined();
});

it('a call that has left is over, however its connection ends', async () => {
  await using worker = await Worker.start();
  const peer = await Peer.connect(worker.url, app);
  peer.start(old);
  const connection = await worker.forCall();
  const left = new Promise<void>((resolve) => void connection.client.once('StasisEnd', () => resolve()));
  peer.end(old);
  await left;
  peer.cut();
  expect(await connection.closed).toBeUndefined();
});

it('a call whose connection is interrupted goes on', async () => {
  await using worker = await Worker.start();
  const options = { startedAt: runs.first, channels: [old], entered: ['old'] };
  const peer = await Peer.connect(worker.url, app, options);
  peer.start(old);
  const connection = await worker.forCall();
  await connection.call();
  peer.cut();
  await expect.poll(() => connection.client.state).toBe('reconnecting');
  const back = await Peer.connect(worker.url, app, options);
  await expect.poll(() => connection.client.state).toBe('open');
  expect(back.asked).toContain('channels/old');
  expect(worker.connections).toHaveLength(1);
});

it('two Asterisks of one id keep to their own connections, and the log says what to do', async () => {
  await using worker = await Worker.start();
  const [a, b] = [{ startedAt: runs.first }, { startedAt: '2026-01-01T12:00:00.000+0000' }];
  const first = await Peer.connect(worker.url, 'ivr', a);
  const ofA = await worker.connection(1);
  const second = await Peer.connect(worker.url, 'ivr', b);
  const ofB = await worker.connection(2);
  expect(worker.log.join('\n')).toMatch(
    /more than one Asterisk has the id a .*'entityid' of its own in asterisk\.conf/,
  );
  first.cut();
  second.cut();
  await expect.poll(() => [ofA.client.state, ofB.client.state]).toEqual(['reconnecting', 'reconnecting']);
  // In the other order.
  const b2 = await Peer.connect(worker.url, 'ivr', b);
  const a2 = await Peer.connect(worker.url, 'ivr', a);
  await expect.poll(() => [ofA.client.state, ofB.client.state]).toEqual(['open', 'open']);
  expect(worker.connections).toHaveLength(2);
  const heard: string[] = [];
  ofA.client.on('StasisStart', ({ channel }) => void heard.push(`a ${channel.id}`));
  ofB.client.on('StasisStart', ({ channel }) => void heard.push(`b ${channel.id}`));
  a2.start({ id: '1', name: 'PJSIP/a-1' });
  b2.start({ id: '2', name: 'PJSIP/b-1' });
  await expect.poll(() => heard.toSorted()).toEqual(['a 1', 'b 2']);
});

it('an Asterisk that was up all the time does not go on with the connection of another one of its id', async () => {
  await using worker = await Worker.start();
  const first = await Peer.connect(worker.url, 'ivr', { startedAt: runs.first });
  const lost = await worker.connection();
  first.cut();
  await expect.poll(() => lost.client.state).toBe('reconnecting');
  await Peer.connect(worker.url, 'ivr', { startedAt: '2025-12-01T00:00:00.000+0000' });
  await worker.connection(2);
  expect(lost.client.state).toBe('reconnecting');
  expect(worker.log.join('\n')).toMatch(/more than one Asterisk/);
});

it('two that do not tell when they were started are not taken for each other', async () => {
  await using worker = await Worker.start();
  const peers = [await Peer.connect(worker.url, 'ivr'), await Peer.connect(worker.url, 'ivr')];
  const both = [await worker.connection(1), await worker.connection(2)];
  peers.forEach((peer) => peer.cut());
  await expect.poll(() => both.map(({ client }) => client.state)).toEqual(['reconnecting', 'reconnecting']);
  await Peer.connect(worker.url, 'ivr');
  await worker.connection(3);
  expect(both.map(({ client }) => client.state)).toEqual(['reconnecting', 'reconnecting']);
});

it('a persistent connection goes on after its Asterisk was restarted', async () => {
  await using worker = await Worker.start();
  const first = await Peer.connect(worker.url, 'ivr', { startedAt: runs.first });
  const connection = await worker.connection();
  first.cut();
  await expect.poll(() => connection.client.state).toBe('reconnecting');
  await Peer.connect(worker.url, 'ivr', { startedAt: runs.later });
  await expect.poll(() => connection.client.state).toBe('open');
  expect(worker.connections).toHaveLength(1);
});

it('a connection goes on when Asterisk reads its configuration anew, with the applications that it has then', async () => {
  await using worker = await Worker.start();
  const peer = await Peer.connect(worker.url, 'ivr', { startedAt: runs.first });
  const { client, ...connection } = await worker.connection();
  const replaced = new Promise((resolve) => void client.once('replaced', resolve));
  peer.say({ type: 'ApplicationReplaced', application: 'ivr' });
  peer.say({ type: 'ApplicationRegistered', application: 'queue' });
  expect(await replaced).toEqual({ app: 'ivr', remaining: [], takingBack: false });
  await expect.poll(() => worker.connections[0]?.apps).toEqual(['ivr', 'queue']);
  expect(await client.channels.list()).toEqual([]);
  peer.say({ type: 'ApplicationUnregistered', application: 'ivr' });
  await expect.poll(() => worker.connections[0]?.apps).toEqual(['queue']);
  peer.cut();
  await expect.poll(() => client.state).toBe('reconnecting');
  await Peer.connect(worker.url, 'queue', { startedAt: runs.first });
  await expect.poll(() => client.state).toBe('open');
  expect(worker.connections).toHaveLength(1);
  await connection.close();
});

it('a connection that comes back for fewer applications is for those', async () => {
  await using worker = await Worker.start();
  const peer = await Peer.connect(worker.url, ['ivr', 'queue'], { startedAt: runs.first });
  const connection = await worker.connection();
  const gap = new Promise<{ apps: readonly string[] }>((resolve) => void connection.client.once('gap', resolve));
  peer.cut();
  await expect.poll(() => connection.client.state).toBe('reconnecting');
  await Peer.connect(worker.url, 'queue', { startedAt: runs.first });
  expect((await gap).apps).toEqual(['queue']);
  expect(connection.apps).toEqual(['queue']);
});

it('two doubles, which have one id, keep apart', async () => {
  await using worker = await Worker.start();
  const outbound = [{ uri: worker.url, ...credentials, apps: ['ivr'], reconnectInterval: 20 }];
  const doubles = [await startAsterisk({ outbound })];
  const first = await worker.connection(1);
  doubles.push(await startAsterisk({ outbound }));
  const second = await worker.connection(2);
  const back = [first, second].map(({ client }) => new Promise((resolve) => void client.once('gap', resolve)));
  doubles.toReversed().forEach(({ faults }) => faults.dropSocket());
  await Promise.all(back);
  const started = [first, second].map(({ client }) => client.waitFor('StasisStart'));
  doubles[0]?.call({ to: 'stasis-ivr', from: '100' });
  doubles[1]?.call({ to: 'stasis-ivr', from: '200' });
  expect((await Promise.all(started)).map(({ channel }) => channel.caller.number)).toEqual(['100', '200']);
  for (const double of doubles) await double.close();
});

it.each(['', ' ', ':', ':/', ':PJSIP/alice-1', 'ivr:/', 'ivr:/alice', 'ivr:PJSIP/'])(
  'closes a connection whose application is %j',
  async (name) => {
    await using worker = await Worker.start();
    const peer = await Peer.connect(worker.url, name);
    expect(await peer.closed()).toBe(1008);
    expect(worker.connections).toEqual([]);
    expect(worker.log.join('\n')).toContain('is not the name of an application');
  },
);
