import { afterEach, expect, it } from 'vitest';
import { AriClient, AriError, AriValidationError, NotFoundError, type GapNotice } from 'asterisk-ari';
import { AriClient as AriClient20 } from 'asterisk-ari/v20';
import { openMedia } from 'asterisk-ari/media';
import { serve, type OutboundConnection, type OutboundOptions, type OutboundServer } from 'asterisk-ari/outbound';
import { startAsterisk, type OutboundWebSocket, type TestAsterisk } from 'asterisk-ari/testing';

type Options = Partial<OutboundOptions<AriClient>>;

const credentials = { username: 'pbx', password: 'pbx-secret' };
const open: AsyncDisposable[] = [];

afterEach(async () => {
  for (const each of open.splice(0).toReversed()) {
    await each[Symbol.asyncDispose]();
  }
});

/** A server, and what has connected to it. */
class Worker {
  readonly connections: OutboundConnection<AriClient>[] = [];
  readonly heard: string[] = [];
  server!: OutboundServer<AriClient>;
  #onConnection: (() => void)[] = [];

  async start(options: Options = {}): Promise<this> {
    this.server = await serve({ client: AriClient, port: 0, ...credentials, ...options }, (connection) => {
      this.connections.push(connection);
      connection.client.on('*', ({ type }) => this.heard.push(type));
      this.#onConnection.splice(0).forEach((tell) => tell());
    });
    open.push(this.server);
    return this;
  }

  get uri(): string {
    return `ws://127.0.0.1:${this.server.port}/`;
  }

  async connection(count = 1): Promise<OutboundConnection<AriClient>> {
    while (this.connections.length < count) {
      await new Promise<void>((resolve) => this.#onConnection.push(resolve));
    }
    return this.connections[count - 1]!;
  }
}

async function asteriskTo(uri: string, options: Partial<OutboundWebSocket> = {}): Promise<TestAsterisk> {
  const outbound = [{ uri, ...credentials, apps: ['ivr'], reconnectInterval: 20, ...options }];
  const asterisk = await startAsterisk({ outbound });
  open.push(asterisk);
  return asterisk;
}

const perCall = { connectionType: 'per_call_config' } as const;

function openAgain({ client }: OutboundConnection<AriClient>): Promise<GapNotice> {
  return new Promise((resolve) => client.once('gap', resolve));
}

it('is a whole client: events and requests of a persistent connection', async () => {
  const worker = await new Worker().start();
  const asterisk = await asteriskTo(worker.uri, { apps: ['ivr', 'queue'] });
  const connection = await worker.connection();
  expect(connection).toMatchObject({ kind: 'persistent', apps: ['ivr', 'queue'], requestUrl: '/' });
  const started = connection.client.channels.waitFor('StasisStart');
  const phone = asterisk.call({ to: 'stasis-ivr' });
  const { channel } = await started;
  await channel.answer();
  expect(phone.state).toBe('talking');
  expect(connection.client.asteriskVersion).toMatch(/^22\./);
  expect(worker.heard.slice(0, 3)).toEqual(['ApplicationRegistered', 'ApplicationRegistered', 'StasisStart']);
});

it('works with the bindings of another release', async () => {
  let version: string | undefined;
  const server = await serve({ client: AriClient20, port: 0, ...credentials }, async ({ client }) => {
    version = (await client.asterisk.getInfo()).system?.version;
  });
  open.push(server);
  await asteriskTo(`ws://127.0.0.1:${server.port}/`);
  await expect.poll(() => version).toBeDefined();
});

it('keeps the listeners of a persistent connection that was interrupted, and tells of the gap', async () => {
  const worker = await new Worker().start();
  const asterisk = await asteriskTo(worker.uri);
  const connection = await worker.connection();
  await expect.poll(() => connection.client.state).toBe('open');
  const gap = openAgain(connection);
  asterisk.faults.dropSocket();
  expect(await gap).toMatchObject({ apps: ['ivr'] });
  const started = connection.client.channels.waitFor('StasisStart');
  asterisk.call({ to: 'stasis-ivr' });
  await started;
  expect(worker.connections).toHaveLength(1);
});

it('has a request wait for the connection to come back', async () => {
  const worker = await new Worker().start();
  const asterisk = await asteriskTo(worker.uri, { reconnectInterval: 150 });
  const { client } = await worker.connection();
  await expect.poll(() => client.state).toBe('open');
  asterisk.faults.dropSocket();
  await expect.poll(() => client.state).toBe('reconnecting');
  expect(await client.channels.list()).toEqual([]);
});

it('gives up a connection that does not come back, and closes its client', async () => {
  const worker = await new Worker().start({ resumeTimeoutMs: 50 });
  const asterisk = await asteriskTo(worker.uri, { reconnectInterval: 5_000 });
  const connection = await worker.connection();
  await expect.poll(() => connection.client.state).toBe('open');
  asterisk.faults.dropSocket();
  expect((await connection.closed)?.message).toMatch(/did not connect again within 50 ms/);
  expect(worker.server.connections).toEqual([]);
});

it('opens a connection for each call, with its channel, until the call ends', async () => {
  const worker = await new Worker().start();
  const asterisk = await asteriskTo(worker.uri, perCall);
  const phone = asterisk.call({ to: 'stasis-ivr' });
  const connection = await worker.connection();
  if (connection.kind !== 'perCall') throw new Error('not for a call');
  expect(connection.app).toBe(`ivr:${connection.channelName}`);
  const { channel, args, adopted } = await connection.call();
  expect({ name: channel.name, args, adopted }).toEqual({
    name: connection.channelName,
    args: [],
    adopted: false,
  });
  await channel.answer();
  phone.hangup();
  expect(await connection.closed).toBeUndefined();
  expect(worker.heard).toContain('StasisEnd');
  expect(worker.server.connections).toEqual([]);
});

it('puts channels that a per-call client originates into its own application', async () => {
  const worker = await new Worker().start();
  const asterisk = await asteriskTo(worker.uri, perCall);
  asterisk.call({ to: 'stasis-ivr' });
  const connection = await worker.connection();
  if (connection.kind !== 'perCall') throw new Error('not for a call');
  const { channel } = await connection.call();
  asterisk.phone('bob').manner = 'answer';
  const started = connection.client.channels.waitFor('StasisStart', {
    where: (event) => event.channel.id !== channel.id,
  });
  await connection.client.channels.originate({ endpoint: 'PJSIP/bob' } as never);
  expect((await started).application).toBe(connection.app);
});

it('goes on with a per-call connection that was interrupted', async () => {
  const worker = await new Worker().start();
  const asterisk = await asteriskTo(worker.uri, perCall);
  asterisk.call({ to: 'stasis-ivr' });
  const connection = await worker.connection();
  if (connection.kind !== 'perCall') throw new Error('not for a call');
  const { channel } = await connection.call();
  channel.on('ChannelDtmfReceived', () => undefined);
  const gap = openAgain(connection);
  asterisk.faults.dropSocket();
  expect((await gap).alive.channels).toEqual([channel.id]);
  await channel.hangup();
  expect(await connection.closed).toBeUndefined();
  expect(worker.connections).toHaveLength(1);
});

it('adopts the call of a worker that is gone', async () => {
  const first = await new Worker().start();
  const { port } = first.server;
  const asterisk = await asteriskTo(first.uri, { ...perCall, reconnectAttempts: 200 });
  asterisk.call({ to: 'stasis-ivr' });
  const lost = await first.connection();
  await expect.poll(() => lost.client.state).toBe('open');
  await first.server.close();
  const second = await new Worker().start({ port });
  const connection = await second.connection();
  if (connection.kind !== 'perCall') throw new Error('not for a call');
  const { channel, adopted } = await connection.call();
  expect({ adopted, name: channel.name }).toEqual({ adopted: true, name: connection.channelName });
  await channel.hangup();
  expect(await connection.closed).toBeUndefined();
});

it('refuses to be started, and files without HTTP, saying what is missing', async () => {
  const worker = await new Worker().start();
  await asteriskTo(worker.uri);
  const { client } = await worker.connection();
  await expect(client.start('ivr')).rejects.toThrow(AriError);
  const file = client.recordings.getStoredFile({ recordingName: 'x' });
  await expect(file).rejects.toThrow(AriValidationError);
  await expect(client.recordings.getStoredFile({ recordingName: 'x' })).rejects.toThrow(/option 'http'/);
});

it('makes up no address for media without HTTP', async () => {
  const worker = await new Worker().start();
  const asterisk = await asteriskTo(worker.uri);
  const { client } = await worker.connection();
  const media = { app: 'ivr', format: 'slin16' };
  await expect(openMedia(client, media)).rejects.toThrow(
    "option 'url' must be given: this client does not tell where Asterisk is",
  );
  await expect(openMedia(client, { ...media, url: 'pbx' })).rejects.toThrow(AriValidationError);
  expect(asterisk.channelIds).toEqual([]);
  expect(String(client)).toBe('AriClient');
  await (await openMedia(client, { ...media, url: asterisk.url })).close();
});

it('reads files over HTTP where that is given', async () => {
  const asterisk = await startAsterisk();
  open.push(asterisk);
  const { url, username, password } = asterisk;
  const worker = await new Worker().start({ http: { url, username, password } });
  await asteriskTo(worker.uri);
  const { client } = await worker.connection();
  await expect(client.recordings.getStoredFile({ recordingName: 'x' })).rejects.toThrow(NotFoundError);
});

it('closes the connection of an application that is not served', async () => {
  const worker = await new Worker().start({ apps: ['queue'] });
  const asterisk = await asteriskTo(worker.uri, { ...perCall, reconnectAttempts: 0 });
  const phone = asterisk.call({ to: 'stasis-ivr' });
  await expect.poll(() => phone.state).toBe('idle');
  expect(worker.connections).toEqual([]);
});

it('drains: takes no connection any more, and closes when the last call is over', async () => {
  const worker = await new Worker().start();
  const asterisk = await asteriskTo(worker.uri, { ...perCall, reconnectAttempts: 0 });
  const phone = asterisk.call({ to: 'stasis-ivr' });
  const connection = await worker.connection();
  await expect.poll(() => connection.client.state).toBe('open');
  const drained = worker.server.drain({ timeoutMs: 20_000 });
  const refused = asterisk.call({ to: 'stasis-ivr', from: '200' });
  await expect.poll(() => refused.state).toBe('idle');
  phone.hangup();
  expect(await drained).toBe(0);
});

it('drains: what the last call of a persistent connection has left to do is done before it closes', async () => {
  const worker = await new Worker().start();
  const asterisk = await asteriskTo(worker.uri, { reconnectAttempts: 0 });
  const { client } = await worker.connection();
  const kept: string[] = [];
  client.channels.on('StasisStart', async (channel) => {
    const over = channel.waitFor('StasisEnd');
    await channel.answer();
    await over;
    for (const variable of ['FIRST', 'SECOND']) await client.asterisk.setGlobalVar({ variable, value: channel.id });
    kept.push(channel.id);
  });
  await expect.poll(() => client.state).toBe('open');
  const phone = asterisk.call({ to: 'stasis-ivr' });
  await phone.answered();
  const drained = worker.server.drain({ timeoutMs: 20_000 });
  phone.hangup();
  expect(await drained).toBe(0);
  expect(kept).toEqual([phone.channelId]);
});

it('drains within its bound', async () => {
  const worker = await new Worker().start();
  const asterisk = await asteriskTo(worker.uri, perCall);
  asterisk.call({ to: 'stasis-ivr' });
  await worker.connection();
  expect(await worker.server.drain({ timeoutMs: 30 })).toBe(1);
});
