import { BadRequestError, ConflictError, NotFoundError, UnprocessableEntityError } from 'asterisk-ari';
import { expect } from 'vitest';
import { dialplanChannel, enterStasis, patience, type Scenario } from '../world.js';

export const bridges: readonly Scenario[] = [
  {
    area: 'bridges',
    name: 'two channels are put into a bridge, leave it, and the bridge is destroyed',
    async run(world) {
      const { client, app } = world;
      await client.applications.subscribe({ applicationName: app, eventSource: 'bridge:' });
      const bridge = await client.bridges.create({ type: 'mixing', name: `mix-${app}` });
      expect(bridge.toJSON()).toMatchObject({ bridge_type: 'mixing', name: `mix-${app}`, channels: [] });
      const [first, second] = [await enterStasis(world), await enterStasis(world)];
      const entered = second.waitFor('ChannelEnteredBridge', patience);
      await bridge.addChannel({ channel: [first, second] });
      expect((await entered).bridge.channels).toContain(second.id);
      expect([...(await bridge.get()).channels].sort()).toEqual([first.id, second.id].sort());
      const left = second.waitFor('ChannelLeftBridge', patience);
      await bridge.removeChannel({ channel: second });
      expect((await left).bridge.channels).not.toContain(second.id);
      const destroyed = bridge.waitFor('BridgeDestroyed', patience);
      await bridge.destroy();
      await destroyed;
      await expect(bridge.get()).rejects.toThrow(NotFoundError);
      await first.hangup();
      await second.hangup();
    },
  },
  {
    area: 'bridges',
    name: 'a bridge is listened to before it is created under an id of ours',
    async run({ client, app }) {
      const bridge = client.bridges.handle();
      await client.applications.subscribe({ applicationName: app, eventSource: 'bridge:' });
      const created = bridge.waitFor('BridgeCreated', patience);
      await bridge.createWithId({ type: 'holding' });
      expect((await created).bridge.bridge_type).toBe('holding');
      expect((await client.bridges.list()).map(({ id }) => id)).toContain(bridge.id);
      await bridge.destroy();
    },
  },
  {
    area: 'bridges',
    name: 'a bridge created with an id in use is refused',
    since: 22,
    async run({ client }) {
      const bridge = await client.bridges.create({ type: 'mixing' });
      await expect(client.bridges.create({ bridgeId: bridge, type: 'mixing' })).rejects.toThrow(ConflictError);
      await bridge.destroy();
    },
  },
  {
    area: 'bridges',
    name: 'a bridge carries variables from its creation',
    since: 22,
    async run({ client }) {
      const bridge = await client.bridges.create({ type: 'mixing', variables: { COLOUR: 'blue' } });
      expect(await bridge.getBridgeVar({ variable: 'COLOUR' })).toEqual({ value: 'blue' });
      await bridge.setBridgeVar({ variable: 'SIZE', value: 'big' });
      await bridge.setBridgeVars({ variables: { TASTE: 'sour' } });
      const { variables } = await bridge.getBridgeVars({ variables: ['COLOUR', 'SIZE', 'TASTE'] });
      expect(variables).toEqual({ COLOUR: 'blue', SIZE: 'big', TASTE: 'sour' });
      await bridge.destroy();
    },
  },
  {
    area: 'bridges',
    name: 'a bridge plays to its channels and is recorded',
    async run(world) {
      const { client, app } = world;
      const bridge = await client.bridges.create({ type: 'mixing' });
      const channel = await enterStasis(world, 'talk');
      await bridge.addChannel({ channel });
      const playback = client.playbacks.handle();
      const finished = playback.waitFor('PlaybackFinished', patience);
      await bridge.playWithId({ playbackId: playback, media: 'sound:hello-world' });
      expect((await finished).playback.target_uri).toBe(`bridge:${bridge.id}`);
      const live = client.recordings.liveRecordingHandle(`bridge-${app}`);
      const started = live.waitFor('RecordingStarted', patience);
      await bridge.record({ name: live.name, format: 'wav', ifExists: 'overwrite' });
      expect((await started).recording.target_uri).toBe(`bridge:${bridge.id}`);
      const recorded = live.waitFor('RecordingFinished', patience);
      await live.stop();
      await recorded;
      await client.recordings.deleteStored({ recordingName: live.name });
      await bridge.startMoh();
      await bridge.stopMoh();
      await bridge.destroy();
      await channel.hangup();
    },
  },
  {
    area: 'bridges',
    name: 'a channel that does not exist cannot be added: 400',
    async run({ client }) {
      const bridge = await client.bridges.create({ type: 'mixing' });
      await expect(bridge.addChannel({ channel: 'no-such-channel' })).rejects.toThrow(BadRequestError);
      await bridge.destroy();
    },
  },
  {
    area: 'bridges',
    name: 'a channel outside the application cannot be added: 422',
    async run(world) {
      const bridge = await world.client.bridges.create({ type: 'mixing' });
      const channel = await dialplanChannel(world);
      await expect(bridge.addChannel({ channel })).rejects.toThrow(UnprocessableEntityError);
      await expect(bridge.removeChannel({ channel })).rejects.toThrow(UnprocessableEntityError);
      await bridge.destroy();
      await channel.hangup();
    },
  },
];
