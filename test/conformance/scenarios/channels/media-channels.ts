import { expect } from 'vitest';
import { enterStasis } from '../../actors.js';
import { Ear, expectRaw, expectRefusal } from '../../expectations.js';
import { acceptConnections } from '../../tcp.js';
import { patience, type Scenario } from '../../world.js';

const media = { external_host: '127.0.0.1:9', format: 'ulaw' } as const;

/** Channels made for media: snoops and external media. */
export const mediaChannels: readonly Scenario[] = [
  {
    area: 'channels',
    name: 'a snoop channel enters the application by itself',
    async run(world) {
      const { client, app } = world;
      const channel = await enterStasis(world);
      const snoop = client.channels.handle();
      const entered = snoop.waitFor('StasisStart', patience);
      await channel.snoopChannelWithId({ snoopId: snoop, app, spy: 'both', appArgs: 'spying' });
      const event = await entered;
      expect(event.args).toEqual(['spying']);
      expect(event.channel.name).toBe(`Snoop/${channel.id}-${event.channel.name.split('-').at(-1)}`);
      await snoop.hangup();
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'a snoop channel ends with the channel that it listens to',
    async run(world) {
      const { client, app } = world;
      const channel = await enterStasis(world);
      const ear = new Ear(client);
      const snoop = await channel.snoopChannel({ app, whisper: 'out' });
      await ear.until('StasisStart', (event) => event.channel.id === snoop.id);
      await client.applications.subscribe({ applicationName: app, eventSource: snoop });
      await channel.hangup({ reason: 'busy' });
      await ear.until('StasisEnd', (event) => event.channel.id === snoop.id);
      const { cause } = await ear.until('ChannelDestroyed', (event) => event.channel.id === snoop.id);
      expect(cause).toBe(0);
      await expectRefusal(snoop.get(), 404, 'Channel not found');
    },
  },
  {
    area: 'channels',
    name: 'a snoop that listens and speaks nowhere, or wrongly, is refused',
    async run(world) {
      const { app, raw } = world;
      const channel = await enterStasis(world);
      const snoop = (body: object) => raw('POST', `/channels/${channel.id}/snoop`, { body });
      await expectRaw(snoop({ app }), 400, 'Direction must be specified for at least spy or whisper');
      await expectRaw(snoop({ app, spy: 'sideways' }), 400, 'Invalid direction specified for spy');
      await expectRaw(snoop({ app, spy: 'in', whisper: 'nonsense' }), 400, 'Invalid direction specified for whisper');
      await expectRaw(snoop({ spy: 'both' }), 400, 'Application name is required');
      await expectRaw(snoop({ app, spy: 'both', snoopId: channel.id }), 500, 'Snoop channel could not be created');
      const nobody = raw('POST', '/channels/no-such-channel/snoop', { body: { app, spy: 'both' } });
      await expectRaw(nobody, 404, 'Provided channel was not found');
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'an external media channel tells where to send RTP',
    async run({ client, app }) {
      const channel = client.channels.handle();
      const entered = channel.waitFor('StasisStart', patience);
      const answer = await client.channels.externalMedia({ ...media, app, channelId: channel });
      expect(answer.channelvars?.['UNICASTRTP_LOCAL_PORT']).toMatch(/^\d+$/);
      expect(answer.channelvars?.['UNICASTRTP_LOCAL_ADDRESS']).toBe('127.0.0.1');
      const event = await entered;
      expect(event.channel.name).toMatch(/^UnicastRTP\/127\.0\.0\.1:9-/);
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'what is given to external media as data is its arguments',
    since: 22,
    async run({ client, app }) {
      const ear = new Ear(client);
      const { id } = await client.channels.externalMedia({ ...media, app, data: 'a,b' });
      const { channel, args } = await ear.until('StasisStart', (event) => event.channel.id === id);
      expect(args).toEqual(['a', 'b']);
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'external media over a WebSocket waits to be connected to',
    since: 22,
    async run({ client, app }) {
      const ear = new Ear(client);
      const webSocket = { encapsulation: 'none', transport: 'websocket', connection_type: 'server' } as const;
      const channel = await client.channels.externalMedia({ ...webSocket, app, format: 'slin16' });
      expect(channel.name).toMatch(/^WebSocket\/INCOMING\/0x/);
      expect(channel.channelvars?.['MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE']).toBe('640');
      expect(channel.channelvars?.['MEDIA_WEBSOCKET_CONNECTION_ID']).toMatch(/^[\da-f-]{36}$/);
      await ear.until('Dial', ({ peer }) => peer.id === channel.id);
      expect((await channel.get()).state).toBe('Down');
      await channel.hangup();
      await ear.until('Dial', ({ dialstatus }) => dialstatus === 'NOANSWER');
      await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
      const told = await client.channels.externalMedia({
        ...webSocket,
        app,
        format: 'ulaw,alaw',
        transport_data: 'f(json)',
      });
      expect(told.channelvars?.['MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE']).toBe('160');
      expect((await ear.until('Dial', ({ peer }) => peer.id === told.id)).dialstring).toBe('INCOMING/f(json)');
      await told.hangup();
    },
  },
  {
    area: 'channels',
    name: 'external media over an AudioSocket is there when the other program takes the connection',
    since: 22,
    async run({ client, app, raw }) {
      const uuid = '40325ec2-5efd-4bd3-805f-53576e581d13';
      await using program = await acceptConnections();
      const audioSocket = {
        encapsulation: 'audiosocket',
        transport: 'tcp',
        external_host: program.address,
        app,
      } as const;
      const ear = new Ear(client);
      const channel = await client.channels.externalMedia({ ...audioSocket, format: 'slin', data: uuid });
      expect(channel.name).toBe(`AudioSocket/${program.address}-${uuid}`);
      expect(channel.channelvars).toEqual({ AUDIOSOCKET_SERVICE: program.address, AUDIOSOCKET_UUID: uuid });
      const { args } = await ear.until('StasisStart', (event) => event.channel.id === channel.id);
      expect(args).toEqual([uuid]);
      await channel.hangup();
      await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
      const nameless = raw('POST', '/channels/externalMedia', {
        body: { ...audioSocket, format: 'slin', data: 'nameless' },
      });
      await expectRaw(nameless, 500, 'An internal error prevented this request from being handled');
    },
  },
  {
    area: 'channels',
    name: 'external media is told what is missing or impossible',
    since: 22,
    async run({ app, raw }) {
      const open = (body: object) => raw('POST', '/channels/externalMedia', { body: { app, ...body } });
      await expectRaw(open({ ...media, app: '' }), 400, 'app cannot be empty');
      const host = 'external_host is required for all but websocket server connections';
      await expectRaw(open({ format: 'ulaw' }), 400, host);
      await expectRaw(open({ external_host: '127.0.0.1:9' }), 400, 'format cannot be empty');
      const port = 'external_host must be <host>:<port> for all transports other than websocket';
      await expectRaw(open({ ...media, external_host: 'nonsense' }), 400, port);
      const unsupported = 'The encapsulation and/or transport is not supported';
      await expectRaw(open({ ...media, encapsulation: 'nonsense' }), 501, unsupported);
      await expectRaw(open({ ...media, transport: 'tcp' }), 400, "transport must be 'udp' for rtp encapsulation");
      const two = open({ ...media, format: 'ulaw,alaw' });
      await expectRaw(two, 500, 'An internal error prevented this request from being handled');
      await expectRaw(open({ ...media, direction: 'nonsense' }), 400, 'Invalid direction specified');
      const audioSocket = { ...media, encapsulation: 'audiosocket', transport: 'tcp' };
      await expectRaw(open(audioSocket), 400, 'data can not be empty');
      const webSocket = { ...media, encapsulation: 'none', transport: 'websocket' };
      await expectRaw(open(webSocket), 400, 'external_host must be a valid websocket_client connection id.');
    },
  },
  {
    area: 'channels',
    name: 'external media is told what is missing',
    async run({ app, raw, server }) {
      const later = server.major >= 22;
      const open = (body: object) => raw('POST', '/channels/externalMedia', { body });
      await expectRaw(open(media), 400, 'app cannot be empty');
      await expectRaw(open({ app, external_host: '127.0.0.1:9' }), 400, 'format cannot be empty');
      const host = later ? 'is required for all but websocket server connections' : 'cannot be empty';
      await expectRaw(open({ app, format: 'ulaw' }), 400, `external_host ${host}`);
    },
  },
  {
    area: 'channels',
    name: 'only channels with RTP have statistics of it',
    async run(world) {
      const channel = await enterStasis(world);
      await expectRefusal(channel.rtpStatistics(), 403, 'Unsupported channel type');
      const nobody = world.client.channels.rtpStatistics({ channelId: 'no-such-channel' });
      await expectRefusal(nobody, 404, 'Channel not found');
      await channel.hangup();
    },
  },
];
