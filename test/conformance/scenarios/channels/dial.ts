import { AriValidationError, PreconditionFailedError } from 'asterisk-ari';
import { expect } from 'vitest';
import { createUndialled, dissolve, enterStasis } from '../../actors.js';
import { Ear, eventually, expectRaw, expectRefusal } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

export const dialling: readonly Scenario[] = [
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
    name: 'a channel that was just created can be dialled, given variables and put into a bridge at once',
    async run(world) {
      const { client, app } = world;
      const bridge = await client.bridges.create({ type: 'mixing' });
      for (let round = 0; round < 5; round += 1) {
        const create = () => client.channels.create({ endpoint: 'Local/wait@default/n', app });
        const [dialled, prepared, bridged] = [await create(), await create(), await create()];
        await dialled.dial();
        await prepared.setChannelVar({ variable: 'COLOR', value: 'red' });
        await bridge.addChannel({ channel: [prepared, bridged] });
        expect((await bridge.get()).channels.toSorted()).toEqual([prepared.id, bridged.id].toSorted());
        const ends = [dialled, prepared, bridged].map((channel) => channel.waitFor('ChannelDestroyed', patience));
        await Promise.all([dialled, prepared, bridged].map((channel) => channel.hangup()));
        await Promise.all(ends);
      }
      await bridge.destroy();
    },
  },
  {
    area: 'channels',
    name: 'a channel that is not dialled yet obeys no commands',
    async run(world) {
      const channel = await createUndialled(world);
      const commands = [
        channel.answer(),
        channel.hold(),
        channel.sendDTMF({ dtmf: '1' }),
        channel.startMoh(),
        channel.startSilence(),
        channel.unmute({ direction: 'both' }),
        channel.play({ media: 'sound:hello-world' }),
      ];
      await Promise.all(commands.map((attempt) => expectRefusal(attempt, 412, 'Channel in invalid state')));
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'a channel is created neither without an endpoint nor under an id in use',
    async run(world) {
      const { app, client, raw } = world;
      const channel = await createUndialled(world);
      await expectRaw(raw('POST', '/channels/create', { body: { app } }), 400, 'Endpoint must be specified');
      await expectRefusal(client.channels.create({ endpoint: 'nonsense', app }), 400, 'Invalid endpoint specified');
      const twin = client.channels.create({ endpoint: 'Local/wait@default', app, channelId: channel });
      await expectRefusal(twin, 409, 'Channel with given unique ID already exists');
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'only a channel that is down can be dialled',
    async run(world) {
      const channel = await enterStasis(world);
      await expectRefusal(channel.dial({ timeout: 1 }), 409, "Channel is not in the 'Down' state");
      await channel.hangup();
      const nobody = world.client.channels.handle('no-such-channel');
      await expectRefusal(nobody.dial({ timeout: 1 }), 404, 'Channel not found');
    },
  },
  {
    area: 'channels',
    name: 'a channel is dialled once: a second time, which would bring Asterisk down, nothing is sent',
    async run(world) {
      const channel = await createUndialled(world, 'ring');
      const ear = new Ear(world.client);
      const [first, second] = await Promise.allSettled([channel.dial({ timeout: 1 }), channel.dial({ timeout: 1 })]);
      expect(first.status).toBe('fulfilled');
      expect(second).toMatchObject({ reason: expect.any(AriValidationError) as unknown });
      await expect(channel.dial()).rejects.toThrow('dialled already');
      await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
      expect(ear.of('Dial').filter(({ dialstatus }) => dialstatus === '')).toHaveLength(1);
    },
  },
  {
    area: 'channels',
    name: 'the outcome of dialling is told by Dial; only who does not answer in time is hung up',
    async run(world) {
      const caller = await enterStasis(world);
      const ear = new Ear(world.client);
      const outcomes: Record<string, unknown> = {};
      for (const extension of ['wait', 'busy', 'congestion', 'ring']) {
        const channel = await createUndialled(world, extension, caller);
        await channel.dial({ caller, timeout: 2 });
        if (extension !== 'ring') {
          const final = ['ANSWER', 'BUSY', 'CONGESTION'];
          await ear.until('Dial', ({ peer, dialstatus }) => peer.id === channel.id && final.includes(dialstatus));
          await channel.hangup();
        }
        const { cause } = await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
        const dials = ear.of('Dial').filter(({ peer }) => peer.id === channel.id);
        // A far end may be quicker than the news that it is dialled.
        outcomes[extension] = [...dials.map(({ dialstatus }) => dialstatus).sort(), cause];
      }
      expect(outcomes).toEqual({
        wait: ['', 'ANSWER', 16],
        busy: ['', 'BUSY', 16],
        congestion: ['', 'CONGESTION', 16],
        ring: ['', 'RINGING', world.server.major >= 22 ? 19 : 16],
      });
      await caller.hangup();
    },
  },
  {
    area: 'channels',
    name: 'a far end that hangs up instead of answering ends the channel, with its cause',
    async run(world) {
      const channel = await createUndialled(world, `stasis-${world.app}`);
      const ear = new Ear(world.client);
      await channel.dial({ timeout: 10 });
      const { channel: far } = await ear.until('StasisStart', (event) => event.channel.id !== channel.id);
      await far.hangup({ reason: 'busy' });
      const { cause } = await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
      expect(cause).toBe(17);
      // That nobody answered is told by the hang-up alone.
      expect(ear.of('Dial').map(({ dialstatus }) => dialstatus)).toEqual(['']);
    },
  },
  {
    area: 'channels',
    name: 'a channel can be bridged with its caller before it is dialled, and is in the bridge when it answers',
    async run(world) {
      const { client } = world;
      const caller = await enterStasis(world);
      const channel = await createUndialled(world, 'wait', caller);
      const bridge = await client.bridges.create({ type: 'mixing,dtmf_events' });
      const ear = new Ear(client);
      await bridge.addChannel({ channel: [caller, channel] });
      await channel.dial({ caller, timeout: 5 });
      await ear.until('Dial', ({ peer, dialstatus }) => peer.id === channel.id && dialstatus === 'ANSWER');
      await ear.until('ChannelStateChange', (event) => event.channel.id === channel.id && event.channel.state === 'Up');
      await eventually(async () => (await bridge.get()).channels.length).toBe(2);
      await dissolve(world, bridge, caller, channel);
    },
  },
];
