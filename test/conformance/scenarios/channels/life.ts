import { NotFoundError } from 'asterisk-ari';
import { expect } from 'vitest';
import { dialplanChannel, enterStasis } from '../../actors.js';
import { Ear, expectRefusal } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

/** How channels come, are seen, and go. */
export const life: readonly Scenario[] = [
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
    name: 'a call from the dialplan enters the application before it is answered',
    async run(world) {
      const { client, app } = world;
      const ear = new Ear(client);
      const outside = client.channels.handle();
      const place = { context: 'default', extension: 'wait', priority: 1 };
      await outside.originateWithId({ endpoint: `Local/stasis-${app}@default/n`, callerId: 'Ann <100>', ...place });
      const { channel, args } = await ear.until('StasisStart');
      expect(args).toEqual([]);
      expect(channel.state).toBe('Ring');
      expect(channel.toJSON()).toMatchObject({ dialplan: { context: 'default', exten: `stasis-${app}`, priority: 1 } });
      await channel.answer();
      expect((await ear.until('ChannelStateChange')).channel.toJSON()).toMatchObject({ id: channel.id, state: 'Up' });
      await outside.hangup();
      await ear.until('StasisEnd', (event) => event.channel.id === channel.id);
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
    name: 'a channel in the dialplan is there, and no operation of the application reaches it',
    async run(world) {
      const channel = await dialplanChannel(world);
      const refused = [
        channel.play({ media: 'sound:hello-world' }),
        channel.record({ name: 'never', format: 'wav' }),
        channel.answer(),
        channel.ring(),
        channel.mute({ direction: 'in' }),
        channel.startMoh(),
        channel.sendDTMF({ dtmf: '1' }),
        channel.continueInDialplan(),
        channel.setChannelVar({ variable: 'A', value: '1' }),
        channel.dial({ timeout: 1 }),
      ];
      await Promise.all(refused.map((attempt) => expectRefusal(attempt, 409, 'Channel not in Stasis application')));
      // Reading is another matter.
      expect(await channel.getChannelVar({ variable: 'CHANNEL(channeltype)' })).toEqual({ value: 'Local' });
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
      await expectRefusal(gone.get(), 404, 'Channel not found');
      await expectRefusal(gone.answer(), 404, 'Channel not found');
      await expectRefusal(gone.play({ media: 'sound:hello-world' }), 404, 'Channel not found');
      await expectRefusal(gone.getChannelVar({ variable: 'A' }), 404, 'Provided channel was not found');
    },
  },
];
