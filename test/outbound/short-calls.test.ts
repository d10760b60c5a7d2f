import { once } from 'node:events';
import { AriClient } from 'asterisk-ari';
import { serve, type OutboundConnection, type OutboundServer } from 'asterisk-ari/outbound';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { credentials, headers } from './support/peer.js';

const app = 'ivr:PJSIP/alice-00000001';

let server: OutboundServer<AriClient>;
let connections: OutboundConnection<AriClient>[];
let heard: string[];

beforeEach(async () => {
  connections = [];
  heard = [];
  server = await serve({ client: AriClient, port: 0, ...credentials }, (connection) => {
    connections.push(connection);
    connection.client.on('*', ({ type }) => heard.push(type));
  });
});

afterEach(() => server.close());

/** An Asterisk that registers an application and answers the question who it is, then says this in the same breath. */
async function asterisk(name: string, ...more: object[]): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/`, 'ari', { headers, perMessageDeflate: false });
  const common = { application: name, asterisk_id: 'a', timestamp: '2026-01-01T00:00:00.000+0000' };
  await once(socket, 'open');
  const say = (message: object): void => socket.send(JSON.stringify({ ...common, ...message }));
  say({ type: 'ApplicationRegistered' });
  const [question] = (await once(socket, 'message')) as [Buffer];
  const { request_id } = JSON.parse(question.toString()) as { request_id: string };
  const body = { content_type: 'application/json', message_body: '{"system":{"version":"22.10.1"}}' };
  say({ type: 'RESTResponse', request_id, status_code: 200, reason_phrase: 'OK', uri: '', ...body });
  more.forEach(say);
  return socket;
}

const channel = { id: '1', name: 'PJSIP/alice-00000001', state: 'Ring', caller: { name: '', number: '' } };

it('a call that ends at once is heard from its beginning to its end', async () => {
  const socket = await asterisk(app, { type: 'StasisStart', args: [], channel }, { type: 'StasisEnd', channel });
  socket.close(1000);
  await expect.poll(() => connections.length).toBe(1);
  expect(await connections[0]?.closed).toBeUndefined();
  expect(heard).toEqual(['ApplicationRegistered', 'StasisStart', 'StasisEnd']);
});

it('every drain() resolves, of several that overlap', async () => {
  const socket = await asterisk(app, { type: 'StasisStart', args: [], channel });
  await expect.poll(() => heard).toContain('StasisStart');
  const drained = [server.drain({ timeoutMs: 5_000 }), server.drain({ timeoutMs: 50 })];
  expect(await Promise.all(drained)).toEqual([expect.any(Number), 1]);
  expect(server.connections).toEqual([]);
  socket.terminate();
});

it('a name that is long and no channel costs no time', async () => {
  const begun = performance.now();
  const socket = await asterisk(`a:${'/'.repeat(100_000)}\nx`);
  await expect.poll(() => connections.length).toBe(1);
  expect(performance.now() - begun).toBeLessThan(2_000);
  socket.terminate();
});
