import { ConflictError, NotFoundError, PreconditionFailedError } from 'asterisk-ari';
import { expect } from 'vitest';
import { dialplanChannel, enterStasis, patience, type Scenario } from '../world.js';

export const channels: readonly Scenario[] = [
  {
    area: 'channels',
    name: 'an originated channel enters the application with its arguments, and leaves when it is hung up',
    async run(world) {
      const channel = await enterStasis(world, 'wait', 'a,b');
      expect(channel.state).toBe('Up');
      expect(channel.name).toMatch(/^Local\/wait@default-/);
      const left = channel.waitFor('StasisEnd', patience);
      const destroyed = channel.waitFor('ChannelDestroyed', patience);
      await channel.hangup();
      expect((await left).channel.id).toBe(channel.id);
      expect((await destroyed).cause_txt).toBe('Normal Clearing');
      await expect(channel.get()).rejects.toThrow(NotFoundError);
    },
  },
  {
    area: 'channels',
    name: 'StasisStart carries the arguments',
    async run(world) {
      const channel = world.client.channels.handle();
      const entered = channel.waitFor('StasisStart', patience);
      await channel.originateWithId({ endpoint: 'Local/wait@default', app: world.app, appArgs: 'a,b' });
      const event = await entered;
      expect(event.args).toEqual(['a', 'b']);
      expect(event.application).toBe(world.app);
      expect(event.asterisk_id).toMatch(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/);
      expect(event.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$/);
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'list and get describe a channel, and its dialplan position',
    async run(world) {
      const channel = await enterStasis(world);
      const listed = await world.client.channels.list();
      expect(listed.map(({ id }) => id)).toContain(channel.id);
      const again = await channel.get();
      expect(again.toJSON()).toMatchObject({ id: channel.id, state: 'Up', language: 'en' });
      expect(again.dialplan.app_name).toBe('Stasis');
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'answer, ring, hold, mute, music and silence are accepted for a channel in the application',
    async run(world) {
      const channel = await enterStasis(world);
      await channel.answer();
      await channel.ring();
      await channel.ringStop();
      await channel.hold();
      await channel.unhold();
      await channel.mute({ direction: 'both' });
      await channel.unmute({ direction: 'both' });
      await channel.startMoh();
      await channel.stopMoh();
      await channel.startSilence();
      await channel.stopSilence();
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'digits sent from the far end arrive one by one',
    async run(world) {
      const channel = world.client.channels.handle();
      const digits: string[] = [];
      const last = channel.waitFor('ChannelDtmfReceived', {
        ...patience,
        where: ({ digit }) => {
          digits.push(digit);
          return digit === '#';
        },
      });
      await channel.originateWithId({ endpoint: 'Local/dtmf@default', app: world.app });
      expect((await last).duration_ms).toBeGreaterThan(0);
      expect(digits.join('')).toBe('1234#');
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'variables can be set at the start, set and read',
    async run(world) {
      const { client, app } = world;
      const channel = client.channels.handle();
      const entered = channel.waitFor('StasisStart', patience);
      const variables = { FIRST: 'a, "b"', 'CALLERID(name)': 'Ann' };
      await channel.originateWithId({ endpoint: 'Local/wait@default', app, variables });
      await entered;
      expect(await channel.getChannelVar({ variable: 'FIRST' })).toEqual({ value: 'a, "b"' });
      const changed = channel.waitFor('ChannelVarset', { ...patience, where: ({ variable }) => variable === 'SECOND' });
      await channel.setChannelVar({ variable: 'SECOND', value: 'x y' });
      expect((await changed).value).toBe('x y');
      expect(await channel.getChannelVar({ variable: 'SECOND' })).toEqual({ value: 'x y' });
      await expect(channel.getChannelVar({ variable: 'ABSENT' })).rejects.toThrow(NotFoundError);
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'several variables are set and read at once',
    since: 22,
    async run(world) {
      const channel = await enterStasis(world);
      await channel.setChannelVars({ variables: { ONE: '1', TWO: { value: '2', report_events: true } } });
      const { variables } = await channel.getChannelVars({ variables: ['ONE', 'TWO'] });
      expect(variables).toEqual({ ONE: '1', TWO: '2' });
      expect((await channel.get()).channelvars).toMatchObject({ TWO: '2' });
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'a channel created without dialling enters the application, is dialled and answered',
    async run(world) {
      const { client, app } = world;
      const channel = client.channels.handle();
      const entered = channel.waitFor('StasisStart', patience);
      const created = await client.channels.create({ endpoint: 'Local/wait@default', app, channelId: channel.id });
      expect(created.id).toBe(channel.id);
      expect(created.state).toBe('Down');
      await entered;
      await expect(channel.mute({ direction: 'in' })).rejects.toThrow(PreconditionFailedError);
      const up = channel.waitFor('Dial', { ...patience, where: ({ dialstatus }) => dialstatus === 'ANSWER' });
      await channel.dial({ timeout: 5 });
      expect((await up).peer.id).toBe(channel.id);
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'continueInDialplan lets the channel go on in an extension',
    async run(world) {
      const channel = await enterStasis(world);
      const left = channel.waitFor('StasisEnd', patience);
      await channel.continueInDialplan({ context: 'default', extension: 'wait', priority: 1 });
      expect((await left).channel.id).toBe(channel.id);
      await expect(channel.play({ media: 'sound:hello-world' })).rejects.toThrow(ConflictError);
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'a channel in the dialplan is there, and no operation of the application reaches it',
    async run(world) {
      const channel = await dialplanChannel(world);
      await expect(channel.play({ media: 'sound:hello-world' })).rejects.toThrow(ConflictError);
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'an id in use is refused',
    async run(world) {
      const { client, app } = world;
      const channel = await enterStasis(world);
      const twin = client.channels.originateWithId({ channelId: channel, endpoint: 'Local/wait@default', app });
      await expect(twin).rejects.toThrow(ConflictError);
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'a channel that does not exist is a NotFoundError with the words of Asterisk',
    async run({ client }) {
      const gone = client.channels.handle('no-such-channel');
      const error = await gone.hangup().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(NotFoundError);
      expect(error).toMatchObject({
        status: 404,
        serverMessage: 'Channel not found',
        operation: 'channels.hangup',
        method: 'DELETE',
        path: '/channels/no-such-channel',
      });
    },
  },
  {
    area: 'channels',
    name: 'a snoop channel enters the application by itself',
    async run(world) {
      const { client, app } = world;
      const channel = await enterStasis(world);
      const snoop = client.channels.handle();
      const entered = snoop.waitFor('StasisStart', patience);
      await channel.snoopChannelWithId({ snoopId: snoop, app, spy: 'both', appArgs: 'spying' });
      expect((await entered).args).toEqual(['spying']);
      await snoop.hangup();
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'move hands the channel to another application',
    async run(world) {
      const { app, connect } = world;
      const other = await connect();
      await other.start(`${app}-other`);
      const channel = await enterStasis(world);
      const arrived = other.waitFor('StasisStart', patience);
      await channel.move({ app: `${app}-other`, appArgs: 'moved' });
      const event = await arrived;
      expect(event.channel.id).toBe(channel.id);
      expect(event.args).toEqual(['moved']);
      await event.channel.hangup();
    },
  },
];
