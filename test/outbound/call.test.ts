import { expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Peer, channelOf } from './support/peer.js';
import { Worker } from './support/worker.js';

const app = 'ivr:PJSIP/alice-00000001';
const alice = { id: '1', name: 'PJSIP/alice-00000001' };

it('a StasisStart that comes late makes the call, with its arguments', async () => {
  await using worker = await Worker.start();
  // In the application only after a while, as on a machine that is overloaded.
  const entered: string[] = [];
  const peer = await Peer.connect(worker.url, app, { channels: [alice], entered });
  const call = (await worker.forCall()).call();
  const looked = () => peer.asked.filter((uri) => uri.startsWith('applications/')).length;
  await expect.poll(looked, { timeout: 5_000 }).toBe(2);
  entered.push(alice.id);
  await expect.poll(looked, { timeout: 5_000 }).toBe(3);
  peer.start(alice, ['a', 'b']);
  expect(await call).toMatchObject({ channel: { id: '1' }, args: ['a', 'b'], adopted: false });
});

it('a call without a StasisStart, that is in the application, is adopted', async () => {
  await using worker = await Worker.start();
  await Peer.connect(worker.url, app, { channels: [alice], entered: [alice.id] });
  const { channel, args, adopted } = await (await worker.forCall()).call();
  expect({ id: channel.id, args, adopted }).toEqual({ id: '1', args: [], adopted: true });
});

it('a failure to find the call is not for ever', async () => {
  await using worker = await Worker.start();
  const peer = await Peer.connect(worker.url, app);
  const connection = await worker.forCall();
  await expect(connection.call()).rejects.toThrow('there is no channel PJSIP/alice-00000001 any more');
  peer.start(alice);
  expect((await connection.call()).channel.id).toBe('1');
});

it('waiting for a call ends with the connection', async () => {
  await using worker = await Worker.start();
  await Peer.connect(worker.url, app, { channels: [alice] });
  const connection = await worker.forCall();
  const call = connection.call();
  await Promise.all([connection.close(), expect(call).rejects.toThrow(/ended before its call was known/)]);
});

it.each([
  ['without a channel', {}],
  ['with no channel', { channel: null }],
  ['with a channel without an id', { channel: { name: alice.name } }],
  ['with a channel that is a text', { channel: 'x', args: 'y' }],
  ['with arguments that are none', { channel: channelOf(alice), args: 7 }],
])('a StasisStart and a StasisEnd %s make nothing of this library throw', async (_what, event) => {
  const warned = vi.spyOn(process, 'emitWarning');
  await using worker = await Worker.start();
  for (const [index, name] of [app, 'ivr'].entries()) {
    const peer = await Peer.connect(worker.url, name);
    const connection = await worker.connection(index + 1);
    peer.say({ type: 'StasisStart', ...event });
    peer.say({ type: 'StasisEnd', ...event });
    peer.start({ id: '2', name: 'PJSIP/bob-1' });
    await connection.client.idle();
    await expect.poll(() => connection.client.state).toBe('open');
  }
  expect(worker.log.filter((text) => text.includes('a listener for'))).toEqual([]);
  expect(warned).not.toHaveBeenCalled();
  warned.mockRestore();
});

it.each(['connection', 'client'] as const)('a listener may close the %s at once', async (what) => {
  await using worker = await Worker.start();
  worker.onConnection = (connection) => void (what === 'client' ? connection.client : connection).close();
  const peer = await Peer.connect(worker.url, 'ivr');
  expect(await peer.closed()).not.toBe(WebSocket.CONNECTING);
  await expect.poll(() => worker.server.connections).toEqual([]);
  expect(await worker.connections[0]?.closed).toBeUndefined();
  expect(worker.connections[0]?.client.state).toBe('closed');
});
