import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { startAudioSocketServer, startMediaServer } from 'asterisk-ari/media';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import { endBridge } from '../../actors.js';
import { Ear, eventually, expectRefusal } from '../../expectations.js';
import { closePair, joinBridge, openPair, openTestMedia, Recording, tone } from '../../media.js';
import { patience, type Scenario, type World } from '../../world.js';

const area = 'media sockets';
const since = 22;

const incoming = { transport: 'websocket', encapsulation: 'none', connection_type: 'server' } as const;

/** Makes a channel that waits for its WebSocket; returns where that is. */
async function waiting({ client, app, server }: World, transport_data = 'f(json)'): Promise<URL> {
  const media = { ...incoming, app, format: 'slin16', transport_data };
  const { channelvars } = await client.channels.externalMedia(media);
  return new URL(`media/${channelvars?.['MEDIA_WEBSOCKET_CONNECTION_ID']}`, server.url.replace('http', 'ws'));
}

/** The status with which a WebSocket is refused. */
async function refusal(url: URL, protocol: string): Promise<number> {
  const socket = new WebSocket(url, protocol).on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  socket.terminate();
  return response.statusCode;
}

/** A WebSocket without the SDK, and what it is told. */
async function openRaw(url: URL): Promise<{ readonly socket: WebSocket; readonly told: string[] }> {
  const socket = new WebSocket(url, 'media');
  const told: string[] = [];
  socket.on('message', (message, isBinary) => isBinary || told.push((message as Buffer).toString()));
  await once(socket, 'open');
  await eventually(() => told.length).toBe(1);
  return { socket, told };
}

/** Writes a section of websocket_client.conf. */
async function writeClient({ client, app }: World, fields: Readonly<Record<string, string>>): Promise<string> {
  const defaults = { connection_type: 'per_call_config', protocols: 'media', tls_enabled: 'no' };
  await client.asterisk.updateObject({
    configClass: 'res_websocket_client',
    objectType: 'websocket_client',
    id: app,
    fields: Object.entries({ ...defaults, ...fields }).map(([attribute, value]) => ({ attribute, value })),
  });
  return app;
}

/** Who connects to whom, and how it ends. */
export const connections: readonly Scenario[] = [
  {
    area,
    since,
    name: 'a channel takes one WebSocket, by its id',
    async run(world) {
      const url = await waiting(world);
      expect(await refusal(new URL('nonsense', url), 'media')).toBe(404);
      expect(await refusal(url, 'ari')).toBe(400);
      const { socket } = await openRaw(url);
      expect(await refusal(url, 'media')).toBe(409);
      socket.close(1000);
      await once(socket, 'close');
    },
  },
  {
    area,
    since,
    name: 'a channel that waits for its WebSocket is answered by it',
    async run(world) {
      const ear = new Ear(world.client);
      const url = await waiting(world);
      const { socket, told } = await openRaw(url);
      const { channel } = await ear.until('StasisStart');
      expect(channel.state).toBe('Up');
      expect(JSON.parse(told[0] ?? '')).toEqual({
        event: 'MEDIA_START',
        connection_id: url.pathname.split('/').at(-1),
        channel: channel.name,
        channel_id: channel.id,
        format: 'slin16',
        optimal_frame_size: 640,
        ptime: 20,
        channel_variables: {
          MEDIA_WEBSOCKET_CONNECTION_ID: url.pathname.split('/').at(-1),
          MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE: '640',
        },
      });
      socket.send('{"command":"HANGUP"}');
      const [code] = (await once(socket, 'close')) as [number];
      expect(code).toBe(1000);
      await ear.until('ChannelDestroyed');
      const [request] = ear.of('ChannelHangupRequest');
      expect(request).toMatchObject({ cause: 16, tech_cause: 1000 });
    },
  },
  {
    area,
    since,
    name: 'a channel ends with its WebSocket',
    async run(world) {
      const ear = new Ear(world.client);
      const media = await openTestMedia(world);
      await media.close();
      const { cause, tech_cause } = await ear.until('ChannelDestroyed');
      expect([cause, tech_cause]).toEqual([0, 1001]);
      const [request] = ear.of('ChannelHangupRequest');
      expect(request).toMatchObject({ cause: 16, tech_cause: 1001 });
    },
  },
  {
    area,
    since,
    name: 'a channel that has been in a bridge ends with a cause, however it does',
    async run(world) {
      const ear = new Ear(world.client);
      await using server = await startAudioSocketServer();
      for (const through of [undefined, server]) {
        const [media, other] = [await openTestMedia(world, { through }), await openTestMedia(world, { through })];
        const bridge = await joinBridge(world, media.channel);
        await media.close();
        await eventually(async () => (await bridge.get()).channels).toEqual([]);
        await bridge.addChannel({ channel: other.channel });
        await bridge.removeChannel({ channel: other.channel });
        await other.hangup();
        await bridge.destroy();
      }
      await eventually(() => ear.of('ChannelDestroyed').map(({ cause }) => cause)).toEqual([16, 16, 16, 16]);
    },
  },
  {
    area,
    since,
    name: 'an AudioSocket channel ends with its connection, and its connection with it',
    async run(world) {
      const ear = new Ear(world.client);
      await using server = await startAudioSocketServer();
      const through = server;
      const closed = await openTestMedia(world, { through });
      await closed.close();
      await ear.until('ChannelDestroyed');
      const hungUp = await openTestMedia(world, { through });
      await hungUp.hangup();
      await eventually(() => ear.of('ChannelDestroyed').length).toBe(2);
      expect(ear.of('ChannelHangupRequest')).toEqual([]);
      const ended = await openTestMedia(world, { through });
      await ended.channel.hangup();
      expect(await ended.closed).toBeUndefined();
      await eventually(() => ear.of('ChannelDestroyed').map(({ cause }) => cause)).toEqual([0, 0, 16]);
    },
  },
  {
    area,
    since,
    name: 'a WebSocket ends with its channel',
    async run(world) {
      const media = await openTestMedia(world);
      await media.channel.hangup();
      expect(await media.closed).toBeUndefined();
    },
  },
  {
    area,
    since,
    name: 'a channel may wait for its answer',
    async run(world) {
      const ear = new Ear(world.client);
      const { socket } = await openRaw(await waiting(world, 'f(json)n'));
      await world.client.asterisk.ping();
      expect(ear.of('StasisStart')).toEqual([]);
      socket.send('{"command":"ANSWER"}');
      await ear.until('StasisStart');
      socket.close(1000);
      await ear.until('ChannelDestroyed');
    },
  },
  {
    area,
    since,
    name: 'commands that make no sense are complained of, or ignored',
    async run(world) {
      const { socket, told } = await openRaw(await waiting(world));
      const send = (command: unknown): void =>
        socket.send(typeof command === 'string' ? command : JSON.stringify(command));
      send('{"comm');
      send('[]');
      send('{}');
      send('');
      send({ command: 'get_status' });
      send({ command: 'MARK_MEDIA', correlation_id: 'x'.repeat(100) });
      send({ command: 'SET_MEDIA_DIRECTION' });
      send({ command: 'SET_MEDIA_DIRECTION', direction: 'up' });
      send({ command: 'SET_MEDIA_DIRECTION', direction: 'in' });
      send({ command: 'MARK_MEDIA' });
      send({ command: 'FLUSH_MEDIA' });
      send({ command: 'GET_STATUS' });
      await eventually(() => told.length).toBe(6);
      const texts = told.slice(1).map((event) => (JSON.parse(event) as { error_text?: string }).error_text);
      expect(texts).toEqual([
        'Unable to parse JSON command',
        "SET_MEDIA_DIRECTION requires a 'direction' parameter.\n",
        "'up' is not a valid direction for SET_MEDIA_DIRECTION.\n",
        "MARK_MEDIA not supported while media direction is 'in'",
        undefined,
      ]);
      socket.close(1000);
      await once(socket, 'close');
    },
  },
  {
    area,
    since,
    name: 'a channel that passes frames on has no queue to command',
    async run(world) {
      const { socket, told } = await openRaw(await waiting(world, 'p'));
      for (const command of ['START_MEDIA_BUFFERING', 'MARK_MEDIA a', 'FLUSH_MEDIA', 'REPORT_QUEUE_DRAINED']) {
        socket.send(command);
      }
      await eventually(() => told.length).toBe(5);
      expect(told.slice(1).map((event) => event.split('error_text:')[1])).toEqual([
        'START_MEDIA_BUFFERING not supported in passthrough mode',
        'MARK_MEDIA not supported in passthrough mode',
        'FLUSH_MEDIA not supported in passthrough mode',
        'REPORT_QUEUE_DRAINED not supported in passthrough mode',
      ]);
      socket.close(1000);
      await once(socket, 'close');
    },
  },
  {
    area,
    since,
    name: 'audio goes through a channel that passes frames on',
    async run(world) {
      const [near, far] = await Promise.all([openTestMedia(world, { passthrough: true }), openTestMedia(world)]);
      const bridge = await joinBridge(world, near.channel, far.channel);
      const hears = new Recording(far);
      const said = tone(near, 500);
      expect(await near.play(said)).toEqual({ outcome: 'played', playedMs: 500 });
      await hears.expectAll(said);
      await endBridge(world, bridge, near.channel, far.channel);
      await Promise.all([near.close(), far.close()]);
    },
  },
  {
    area,
    since,
    name: 'Asterisk connects to a server of ours',
    async run(world) {
      await using server = await startMediaServer({ username: 'media', password: 'secret' });
      const uri = `ws://127.0.0.1:${server.port}/media`;
      const external_host = await writeClient(world, { uri, username: 'media', password: 'secret' });
      const there = { through: server, external_host };
      const [near, far] = await Promise.all([
        openTestMedia(world, { ...there, format: 'slin24' }),
        openTestMedia(world, { ...there, format: 'slin24', controlFormat: 'plain-text' }),
      ]);
      expect(near.info).toMatchObject({ channelId: near.channel.id, connectionId: external_host, format: 'slin24' });
      const bridge = await joinBridge(world, near.channel, far.channel);
      const hears = new Recording(far);
      const said = tone(near, 500);
      expect(await near.play(said)).toEqual({ outcome: 'played', playedMs: 500 });
      await hears.expectAll(said);
      await endBridge(world, bridge, near.channel, far.channel);
      await Promise.all([near.close(), far.channel.hangup(), far.closed]);
    },
  },
  {
    area,
    since,
    name: 'a server of ours that refuses ends the channel',
    async run(world) {
      await using server = await startMediaServer({ username: 'media', password: 'secret' });
      const uri = `ws://127.0.0.1:${server.port}/media`;
      const external_host = await writeClient(world, { uri, username: 'media', password: 'wrong' });
      const channel = world.client.channels.handle();
      const destroyed = channel.waitFor('ChannelDestroyed', patience);
      const media = { ...incoming, connection_type: 'client', app: world.app, format: 'slin16' } as const;
      await world.client.channels.externalMedia({ ...media, channelId: channel, external_host });
      expect((await destroyed).cause).toBe(3);
    },
  },
  {
    area,
    since,
    name: 'there is no AudioSocket channel where nobody takes the connection',
    async run({ client, app }) {
      const ear = new Ear(client);
      const program = await startAudioSocketServer();
      const { address } = program;
      await program.close();
      const media = { app, format: 'slin', encapsulation: 'audiosocket', transport: 'tcp' } as const;
      const failure = client.channels.externalMedia({ ...media, external_host: address, data: randomUUID() });
      await expectRefusal(failure, 500, 'An internal error prevented this request from being handled');
      await client.asterisk.ping();
      expect(ear.events).toEqual([]);
    },
  },
  ...['slin', 'slin12', 'slin16', 'slin24', 'slin32', 'slin44', 'slin48', 'slin96', 'slin192'].map(
    (format): Scenario => ({
      area,
      since,
      name: `AudioSocket carries ${format} both ways`,
      async run(world) {
        await using server = await startAudioSocketServer();
        const pair = await openPair(world, { format, through: server });
        const { near, far } = pair;
        const [nearHears, farHears] = [new Recording(near), new Recording(far)];
        const [there, back] = [tone(near, 500, 1), tone(far, 500, 2)];
        const played = await Promise.all([near.play(there), far.play(back)]);
        expect(played).toEqual([
          { outcome: 'played', playedMs: 500 },
          { outcome: 'played', playedMs: 500 },
        ]);
        await farHears.expectAll(there);
        await nearHears.expectAll(back);
        await closePair(world, pair);
        expect(server.connections).toBe(0);
      },
    }),
  ),
];
