import { expect } from 'vitest';
import { dialplanChannel, dissolve, enterPair, enterStasis } from '../../actors.js';
import { Ear, eventually, expectRaw, expectRefusal } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

export const members: readonly Scenario[] = [
  {
    area: 'bridges',
    name: 'a channel that does not exist cannot be added or removed',
    async run({ client, raw }) {
      const bridge = await client.bridges.create({ type: 'mixing' });
      await expectRefusal(bridge.addChannel({ channel: 'no-such-channel' }), 400, 'Channel not found');
      await expectRefusal(bridge.removeChannel({ channel: 'no-such-channel' }), 400, 'Channel not found');
      await expectRaw(raw('POST', `/bridges/${bridge.id}/addChannel`), 400, 'Missing parameter channel');
      await expectRaw(raw('POST', `/bridges/${bridge.id}/removeChannel`), 400, 'Missing parameter channel');
      await bridge.destroy();
    },
  },
  {
    area: 'bridges',
    name: 'a channel outside the application cannot be added',
    async run(world) {
      const bridge = await world.client.bridges.create({ type: 'mixing' });
      const channel = await dialplanChannel(world);
      await expectRefusal(bridge.addChannel({ channel }), 422, 'Channel not in Stasis application');
      await expectRefusal(bridge.removeChannel({ channel }), 422, 'Channel not in Stasis application');
      await bridge.destroy();
      await channel.hangup();
    },
  },
  {
    area: 'bridges',
    name: 'of several channels none is added when one does not exist',
    async run(world) {
      const bridge = await world.client.bridges.create({ type: 'mixing' });
      const channel = await enterStasis(world);
      await expectRefusal(bridge.addChannel({ channel: [channel, 'no-such-channel'] }), 400, 'Channel not found');
      expect((await bridge.get()).channels).toEqual([]);
      await bridge.destroy();
      await channel.hangup();
    },
  },
  {
    area: 'bridges',
    name: 'a channel added to a second bridge leaves the first',
    async run(world) {
      const { client } = world;
      const [one, two] = [
        await client.bridges.create({ type: 'mixing' }),
        await client.bridges.create({ type: 'mixing' }),
      ];
      const channel = await enterStasis(world);
      const ear = new Ear(client);
      await one.addChannel({ channel });
      await two.addChannel({ channel });
      await ear.until('ChannelEnteredBridge', ({ bridge }) => bridge.id === two.id);
      const types = ear.types(channel, 'ChannelEnteredBridge', 'ChannelLeftBridge');
      expect(types).toEqual(['ChannelEnteredBridge', 'ChannelLeftBridge', 'ChannelEnteredBridge']);
      expect((await one.get()).channels).toEqual([]);
      expect((await two.get()).channels).toEqual([channel.id]);
      await expectRefusal(one.removeChannel({ channel }), 422, 'Channel not in this bridge');
      await channel.hangup();
      await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
      await one.destroy();
      await two.destroy();
    },
  },
  {
    area: 'bridges',
    name: 'a channel that is hung up leaves its bridge before it leaves the application',
    async run(world) {
      const bridge = await world.client.bridges.create({ type: 'mixing' });
      const channel = await enterStasis(world);
      await bridge.addChannel({ channel });
      const ear = new Ear(world.client);
      await channel.hangup();
      await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
      const types = ear.types(channel, 'ChannelHangupRequest', 'ChannelLeftBridge', 'StasisEnd', 'ChannelDestroyed');
      expect(types).toEqual(['ChannelHangupRequest', 'ChannelLeftBridge', 'StasisEnd', 'ChannelDestroyed']);
      expect((await bridge.get()).channels).toEqual([]);
      await bridge.destroy();
    },
  },
  {
    area: 'bridges',
    name: 'a channel that goes on in the dialplan leaves its bridge, and the application still hears of that one',
    async run(world) {
      const bridge = await world.client.bridges.create({ type: 'mixing' });
      const channel = await enterStasis(world);
      await bridge.addChannel({ channel });
      const ear = new Ear(world.client);
      await channel.continueInDialplan({ context: 'default', extension: 'continue', priority: 1 });
      await ear.until('StasisEnd', (event) => event.channel.id === channel.id);
      expect(ear.types(channel, 'ChannelLeftBridge', 'StasisEnd')).toEqual(['ChannelLeftBridge', 'StasisEnd']);
      await bridge.destroy();
      await ear.until('BridgeDestroyed', (event) => event.bridge.id === bridge.id);
      await channel.hangup();
    },
  },
  {
    area: 'bridges',
    name: 'a channel that is moved to another application stays in its bridge, of which that one does not hear',
    since: 22,
    async run(world) {
      const { app, client, connect } = world;
      const other = await connect();
      await other.start(`${app}-other`);
      const bridge = await client.bridges.create({ type: 'mixing' });
      const channel = await enterStasis(world);
      await bridge.addChannel({ channel });
      const [ear, otherEar] = [new Ear(client), new Ear(other)];
      await channel.move({ app: `${app}-other` });
      await otherEar.until('StasisStart');
      expect((await bridge.get()).channels).toEqual([channel.id]);
      await bridge.destroy();
      await ear.until('BridgeDestroyed', (event) => event.bridge.id === bridge.id);
      expect(otherEar.of('BridgeDestroyed')).toEqual([]);
      await channel.hangup();
    },
  },
  {
    area: 'bridges',
    name: 'a holding bridge takes participants and announcers, and gives music',
    async run(world) {
      const bridge = await world.client.bridges.create({ type: 'holding' });
      await bridge.startMoh();
      await bridge.stopMoh();
      const [listener, announcer] = [await enterStasis(world), await enterStasis(world, 'talk')];
      await bridge.addChannel({ channel: listener, role: 'participant' });
      await bridge.addChannel({ channel: announcer, role: 'announcer' });
      expect([...(await bridge.get()).channels].sort()).toEqual([listener.id, announcer.id].sort());
      await bridge.removeChannel({ channel: [listener, announcer] });
      expect((await bridge.get()).channels).toEqual([]);
      await bridge.destroy();
      await listener.hangup();
      await announcer.hangup();
    },
  },
  {
    area: 'bridges',
    name: 'a bridge with more than two channels mixes them',
    async run(world) {
      const bridge = await world.client.bridges.create({ type: 'mixing' });
      const three = [await enterStasis(world), await enterStasis(world), await enterStasis(world)];
      await bridge.addChannel({ channel: three });
      await eventually(async () => (await bridge.get()).technology).toBe('softmix');
      expect((await bridge.get()).channels.length).toBe(3);
      await dissolve(world, bridge, ...three);
    },
  },
  {
    area: 'bridges',
    name: 'digits of a member are heard, and with absorbDTMF do not reach the other',
    async run(world) {
      const { client } = world;
      const bridge = await client.bridges.create({ type: 'mixing,dtmf_events' });
      const [one, two] = [await enterPair(world), await enterPair(world)];
      await bridge.addChannel({ channel: two.near });
      const later = world.server.major >= 22 ? { inhibitConnectedLineUpdates: true } : {};
      await bridge.addChannel({ channel: one.near, absorbDTMF: true, mute: true, ...later });
      const ear = new Ear(client);
      await one.far.sendDTMF({ dtmf: '1' });
      await ear.until('ChannelDtmfReceived', ({ channel, digit }) => channel.id === one.near.id && digit === '1');
      await two.far.sendDTMF({ dtmf: '2' });
      await ear.until('ChannelDtmfReceived', ({ channel, digit }) => channel.id === one.far.id && digit === '2');
      const heard = ear.of('ChannelDtmfReceived').map(({ channel, digit }) => `${channel.id} ${digit}`);
      expect(heard.sort()).toEqual([`${one.near.id} 1`, `${one.far.id} 2`, `${two.near.id} 2`].sort());
      await dissolve(world, bridge, one.near, two.near);
    },
  },
  {
    area: 'bridges',
    name: 'two channels learn of each other, unless the one that comes second inhibits it',
    since: 18,
    async run(world) {
      const { client } = world;
      const called = async (number: string) => {
        const channel = await enterStasis(world);
        await channel.setChannelVar({ variable: 'CALLERID(num)', value: number });
        return channel;
      };
      const seenBy = async (inhibits: readonly [first: boolean, second: boolean]) => {
        const bridge = await client.bridges.create({ type: 'mixing' });
        const pair = [await called('100'), await called('200')] as const;
        for (const [index, channel] of pair.entries()) {
          await bridge.addChannel({ channel, inhibitConnectedLineUpdates: inhibits[index] === true });
        }
        await eventually(async () => (await bridge.get()).channels.length).toBe(2);
        const seen = async () => Promise.all(pair.map(async (one) => (await one.get()).connected.number));
        await eventually(seen).toEqual(inhibits[1] ? ['', ''] : ['200', '100']);
        await dissolve(world, bridge, ...pair);
      };
      for (const inhibits of [
        [false, false],
        [true, false],
        [false, true],
      ] as const)
        await seenBy(inhibits);
    },
  },
  {
    area: 'bridges',
    name: 'a channel that is being recorded cannot be added',
    async run(world) {
      const { client, app } = world;
      const bridge = await client.bridges.create({ type: 'mixing' });
      const channel = await enterStasis(world, 'talk');
      const ear = new Ear(client);
      const recording = await channel.record({ name: `busy-${app}`, format: 'wav' });
      await ear.until('RecordingStarted');
      await expectRefusal(bridge.addChannel({ channel }), 409, `Channel ${channel.id} currently recording`);
      await recording.cancel();
      await ear.until('RecordingFinished');
      // Done when the channel has nothing more to do with the recording.
      await channel.setChannelVar({ variable: 'RECORDED', value: 'yes' });
      await bridge.addChannel({ channel });
      await ear.until('ChannelEnteredBridge');
      await channel.hangup();
      await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
      await bridge.destroy();
    },
  },
  {
    area: 'bridges',
    name: 'who waits in a holding bridge hears music, by that role only',
    async run(world) {
      const { client } = world;
      const bridge = await client.bridges.create({ type: 'holding' });
      const { near, far } = await enterPair(world);
      const ear = new Ear(client);
      await far.setChannelVar({ variable: 'TALK_DETECT(set)', value: '500,50' });
      await bridge.addChannel({ channel: near, role: 'holding_participant' });
      await ear.until('ChannelTalkingStarted', ({ channel }) => channel.id === far.id);
      await bridge.removeChannel({ channel: near });
      await ear.until('ChannelLeftBridge');
      await far.setChannelVar({ variable: 'TALK_DETECT(remove)', value: '' });
      await far.setChannelVar({ variable: 'TALK_DETECT(set)', value: '500,50' });
      await bridge.addChannel({ channel: near });
      const playback = await bridge.play({ media: 'sound:digits/1' });
      await playback.waitFor('PlaybackFinished', patience);
      // The prompt is what was heard first.
      expect(ear.of('ChannelTalkingStarted')).toHaveLength(2);
      expect(ear.events.findLastIndex(({ type }) => type === 'ChannelTalkingStarted')).toBeGreaterThan(
        ear.events.findIndex(({ type }) => type === 'PlaybackStarted'),
      );
      await dissolve(world, bridge, near);
    },
  },
  {
    area: 'bridges',
    name: 'only a member can be the source of video',
    async run(world) {
      const { client } = world;
      const bridge = await client.bridges.create({ type: 'mixing,video_single' });
      const channel = await enterStasis(world);
      const ear = new Ear(client);
      await expectRefusal(bridge.setVideoSource({ channelId: 'no-such-channel' }), 400, 'Channel not found');
      await expectRefusal(bridge.setVideoSource({ channelId: channel }), 422, 'Channel not in this bridge');
      await bridge.addChannel({ channel });
      await bridge.setVideoSource({ channelId: channel });
      const changed = await ear.until('BridgeVideoSourceChanged');
      expect(changed.bridge.video_source_id).toBe(channel.id);
      expect((await bridge.get()).video_mode).toBe('single');
      await bridge.clearVideoSource();
      // That there is none is not told.
      expect((await bridge.get()).video_source_id).toBe(channel.id);
      await dissolve(world, bridge, channel);
    },
  },
];
