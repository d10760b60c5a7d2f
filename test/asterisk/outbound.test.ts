import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { AriClient, ConflictError, connect, ForbiddenError, NotFoundError, type GapNotice } from 'asterisk-ari';
import {
  claim,
  serve,
  type OutboundConnection,
  type OutboundOptions,
  type OutboundServer,
} from 'asterisk-ari/outbound';
import { answerCall } from '../../examples/outbound/call-worker-application.js';
import { claimCalls } from '../../examples/outbound/claiming-worker-application.js';
import { makeAuthority } from '../faults/support/certificates.js';
import { realAsterisk } from './real.js';

const asterisk = realAsterisk('22', 'outbound-tests');
const credentials = { username: 'pbx', password: 'pbx-secret' };
let admin: AriClient;
const servers: OutboundServer<AriClient>[] = [];
const written: [configClass: string, objectType: string, id: string][] = [];

beforeAll(async () => {
  const { url, username, password } = asterisk();
  admin = await connect(url, username, password);
});

afterEach(async () => {
  for (const channel of await admin.channels.list()) {
    await channel.hangup().catch(() => undefined);
  }
  for (const [configClass, objectType, id] of written.splice(0).toReversed()) {
    await admin.asterisk.deleteObject({ configClass, objectType, id });
  }
  await admin.asterisk.reloadModule({ moduleName: 'res_ari.so' });
  await Promise.all(servers.splice(0).map((server) => server.close()));
  await closeHttp();
});

afterAll(() => admin.close());

const wires = new Set<Socket>();
const httpServers = new Set<Server>();

type Connections = OutboundConnection<AriClient>[];

async function worker(
  options: Partial<OutboundOptions<AriClient>> = {},
  port = 0,
): Promise<[uri: string, Connections]> {
  const connections: Connections = [];
  const http = createServer().on('connection', (wire) => wires.add(wire));
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const server = await serve({ client: AriClient, server: http, ...credentials, ...options }, (connection) => {
    connections.push(connection);
  });
  servers.push(server);
  httpServers.add(http);
  return [`ws://127.0.0.1:${server.port}/`, connections];
}

/** Writes the objects that make Asterisk connect. */
async function connectTo(
  uri: string,
  id: string,
  client: Record<string, string>,
  socket: Record<string, string> = {},
): Promise<void> {
  const basis = { uri, protocols: 'ari', ...credentials, reconnect_interval: '100', ...client };
  await write('res_websocket_client', 'websocket_client', `client-${id}`, basis);
  const outbound = { websocket_client_id: `client-${id}`, apps: id, local_ari_user: 'ari', ...socket };
  await write('res_ari', 'outbound_websocket', id, outbound);
  await admin.asterisk.reloadModule({ moduleName: 'res_ari.so' });
}

async function write(configClass: string, objectType: string, id: string, values: Record<string, string>) {
  const fields = Object.entries(values).map(([attribute, value]) => ({ attribute, value }));
  await admin.asterisk.updateObject({ configClass, objectType, id, fields });
  if (!written.some((object) => object[1] === objectType && object[2] === id)) {
    written.push([configClass, objectType, id]);
  }
}

async function first(connections: Connections): Promise<OutboundConnection<AriClient>> {
  await expect.poll(() => connections[0]?.client.state, { timeout: 10_000 }).toBe('open');
  return connections[0]!;
}

const call = (extension: string) =>
  admin.channels.originate({ endpoint: 'Local/wait@testbed', context: 'testbed', extension, priority: 1 });

it('keeps a persistent connection, over an interruption', async () => {
  const [uri, connections] = await worker();
  await connectTo(uri, 'lasting', { connection_type: 'persistent' }, { apps: 'lasting,other' });
  const connection = await first(connections);
  expect(connection.kind).toBe('persistent');
  expect(connection.apps.toSorted()).toEqual(['lasting', 'other']);
  expect(connection.client.asteriskVersion).toBe(admin.asteriskVersion);

  const gap = new Promise<GapNotice>((resolve) => connection.client.once('gap', resolve));
  // As a network does it.
  for (const wire of wires) wire.destroy();
  expect((await gap).apps.toSorted()).toEqual(['lasting', 'other']);
  const started = connection.client.channels.waitFor('StasisStart', { timeoutMs: 10_000 });
  await call('stasis-lasting');
  const { channel } = await started;
  await channel.answer();
  expect(connections).toHaveLength(1);
});

it('opens a connection for each call, and closes it with the call', async () => {
  const [uri, connections] = await worker();
  await connectTo(uri, 'ivr', { connection_type: 'per_call_config' });
  await call('stasis-ivr');
  const connection = await first(connections);
  if (connection.kind !== 'perCall') throw new Error('not for a call');
  expect(connection.app).toBe(`ivr:${connection.channelName}`);
  const { channel, args, adopted } = await connection.call();
  expect({ name: channel.name, args, adopted }).toEqual({
    name: connection.channelName,
    args: [],
    adopted: false,
  });
  const second = connection.client.channels.waitFor('StasisStart', { timeoutMs: 10_000 });
  await connection.client.channels.originate({ endpoint: 'Local/wait@testbed', app: connection.app });
  expect((await second).application).toBe(connection.app);
  await channel.hangup();
  expect(await connection.closed).toBeUndefined();
  expect(connections).toHaveLength(1);
});

it('adopts the call of a worker that is gone', async () => {
  const [uri, connections] = await worker();
  const { port } = servers[0]!;
  await connectTo(uri, 'adopted', { connection_type: 'per_call_config', reconnect_attempts: '50' });
  await call('stasis-adopted');
  const lost = await first(connections);
  if (lost.kind !== 'perCall') throw new Error('not for a call');
  const { channel } = await lost.call();
  await servers[0]!.close();
  await closeHttp();
  const [, others] = await worker({}, port);
  const connection = await first(others);
  if (connection.kind !== 'perCall') throw new Error('not for a call');
  const found = await connection.call();
  expect({ id: found.channel.id, adopted: found.adopted }).toEqual({ id: channel.id, adopted: true });
  await found.channel.hangup();
  expect(await connection.closed).toBeUndefined();
});

it('refuses an Asterisk with another password', async () => {
  const refusals: string[] = [];
  const warn = (text: string): void => void refusals.push(text);
  const nothing = (): void => undefined;
  const [uri, connections] = await worker({ logger: { debug: nothing, info: nothing, warn, error: nothing } });
  await connectTo(uri, 'stranger', { connection_type: 'persistent', password: 'wrong' });
  await expect.poll(() => refusals.some((text) => text.endsWith('with 401')), { timeout: 10_000 }).toBe(true);
  expect(connections).toEqual([]);
});

it('speaks TLS: an Asterisk that asks whose certificate it is keeps away from one that nobody vouches for', async () => {
  const { server: tls } = makeAuthority();
  const connections: Connections = [];
  const server = await serve({ client: AriClient, port: 0, tls, ...credentials }, (connection) => {
    connections.push(connection);
  });
  servers.push(server);
  const uri = `wss://127.0.0.1:${server.port}/`;
  const client = { connection_type: 'persistent', tls_enabled: 'yes' };
  await connectTo(uri, 'careful', client);
  await connectTo(uri, 'trusting', { ...client, verify_server_cert: 'no', verify_server_hostname: 'no' });
  const connection = await first(connections);
  expect(connection.apps).toEqual(['trusting']);
  const started = connection.client.channels.waitFor('StasisStart', { timeoutMs: 10_000 });
  await call('stasis-trusting');
  await (await started).channel.hangup();
  expect(connections).toHaveLength(1);
});

it('goes on when Asterisk reads its configuration anew, and takes it for no other one', async () => {
  const lines: string[] = [];
  const note = (text: string): void => void lines.push(text);
  const [uri, connections] = await worker({ logger: { debug: note, info: note, warn: note, error: note } });
  await connectTo(uri, 'reread', { connection_type: 'persistent' });
  const connection = await first(connections);
  await connectTo(uri, 'reread', { connection_type: 'persistent' }, { apps: 'reread,more' });
  await expect.poll(() => connection.apps.toSorted(), { timeout: 10_000 }).toEqual(['more', 'reread']);
  for (const app of ['reread', 'more']) {
    const started = connection.client.channels.waitFor('StasisStart', { timeoutMs: 10_000 });
    await call(`stasis-${app}`);
    await (await started).channel.hangup();
  }
  await connectTo(uri, 'reread', { connection_type: 'persistent' }, { apps: 'more' });
  await expect.poll(() => connection.apps, { timeout: 10_000 }).toEqual(['more']);
  const back = new Promise((resolve) => void connection.client.once('gap', resolve));
  for (const wire of wires) wire.destroy();
  await back;
  expect(connections).toHaveLength(1);
  expect(lines.filter((line) => line.includes('more than one Asterisk'))).toEqual([]);
});

it('lets a user who may only read do no more', async () => {
  const [uri, connections] = await worker();
  await connectTo(uri, 'readonly', { connection_type: 'persistent' }, { local_ari_user: 'reader' });
  const { client } = await first(connections);
  expect(await client.channels.list()).toEqual([]);
  await expect(client.channels.originate({ endpoint: 'Local/wait@testbed', app: 'readonly' })).rejects.toThrow(
    ForbiddenError,
  );
});

it('lets exactly one of two workers have a broadcast call', async () => {
  const [uriA, a] = await worker();
  const [uriB, b] = await worker();
  await connectTo(uriA, 'raceA', { connection_type: 'persistent' });
  await connectTo(uriB, 'raceB', { connection_type: 'persistent' });
  const racers = [await first(a), await first(b)];
  const claims = racers.map(async ({ client }) => {
    const offer = await client.waitFor('CallBroadcast', { timeoutMs: 10_000 });
    const { channel } = await claim(client, offer);
    await channel.hangup();
    return () => claim(client, offer);
  });
  await call('broadcast');
  const results = await Promise.allSettled(claims);
  const won = results.filter((result) => result.status === 'fulfilled');
  const lost = results.find((result) => result.status === 'rejected');
  expect(won).toHaveLength(1);
  expect(lost?.reason).toBeInstanceOf(ConflictError);
  // Too late: the call is over.
  await expect.poll(() => admin.channels.list(), { timeout: 10_000 }).toEqual([]);
  await expect(won[0]!.value()).rejects.toThrow(NotFoundError);
});

it('runs the example of a worker for single calls', async () => {
  const [uri, connections] = await worker();
  await connectTo(uri, 'example', { connection_type: 'per_call_config' });
  const caller = admin.channels.handle();
  await admin.start('example-caller');
  const over = caller.waitFor('ChannelDestroyed', { timeoutMs: 20_000 });
  await caller.originateWithId({ endpoint: 'Local/stasis-example@testbed', app: 'example-caller' });
  const connection = await first(connections);
  const served = answerCall(connection);
  await connection.client.waitFor('PlaybackStarted', { timeoutMs: 10_000 });
  await caller.sendDTMF({ dtmf: '1' });
  await served;
  await over;
  expect(await connection.closed).toBeUndefined();
  await admin.stop();
});

it('runs the example of a fleet that claims', async () => {
  const taken: string[] = [];
  for (const id of ['fleetA', 'fleetB']) {
    const [uri, connections] = await worker();
    await connectTo(uri, id, { connection_type: 'persistent' });
    claimCalls((await first(connections)).client, (channel) => taken.push(channel));
  }
  await call('broadcast');
  await call('broadcast');
  await expect.poll(() => taken.length, { timeout: 10_000 }).toBe(2);
  expect(new Set(taken).size).toBe(2);
  await expect.poll(() => admin.channels.list(), { timeout: 20_000 }).toEqual([]);
});

async function closeHttp(): Promise<void> {
  for (const http of httpServers) {
    httpServers.delete(http);
    await new Promise((resolve) => {
      http.close(resolve);
      // An Asterisk that has just tried again gets no answer here any more.
      http.closeAllConnections();
    });
  }
}
