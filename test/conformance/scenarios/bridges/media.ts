import type { MediaUri } from 'asterisk-ari';
import { expect } from 'vitest';
import { dissolve, enterStasis } from '../../actors.js';
import { Ear, expectRaw, expectRefusal } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

export const bridgeMedia: readonly Scenario[] = [
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
      await dissolve(world, bridge, channel);
    },
  },
  {
    area: 'bridges',
    name: 'several media are played to a bridge in a language, one after the other',
    async run(world) {
      const { client } = world;
      const bridge = await client.bridges.create({ type: 'mixing' });
      const channel = await enterStasis(world);
      await bridge.addChannel({ channel });
      const ear = new Ear(client);
      const media: MediaUri[] = ['sound:digits/1', 'sound:digits/2'];
      const playback = await bridge.play({ media, lang: 'en', offsetms: 10, skipms: 100 });
      expect(playback.toJSON()).toMatchObject({ media_uri: media[0], next_media_uri: media[1], language: 'en' });
      await ear.until('PlaybackFinished');
      expect(ear.types(playback, 'PlaybackStarted', 'PlaybackContinuing', 'PlaybackFinished')).toEqual([
        'PlaybackStarted',
        'PlaybackContinuing',
        'PlaybackStarted',
        'PlaybackFinished',
      ]);
      await dissolve(world, bridge, channel);
    },
  },
  {
    area: 'bridges',
    name: 'what plays to a bridge is stopped',
    async run(world) {
      const { client } = world;
      const bridge = await client.bridges.create({ type: 'mixing' });
      const channel = await enterStasis(world);
      await bridge.addChannel({ channel });
      const ear = new Ear(client);
      const playback = await bridge.play({ media: 'sound:demo-instruct' });
      await ear.until('PlaybackStarted');
      await playback.control({ operation: 'pause' });
      expect((await playback.get()).state).toBe('paused');
      await playback.stop();
      expect((await ear.until('PlaybackFinished')).playback.id).toBe(playback.id);
      await dissolve(world, bridge, channel);
    },
  },
  {
    area: 'bridges',
    name: 'what plays in a bridge and is recorded there ends with the last channel that leaves it',
    async run(world) {
      const { client, app } = world;
      const bridge = await client.bridges.create({ type: 'mixing' });
      await client.applications.subscribe({ applicationName: app, eventSource: `bridge:${bridge.id}` });
      const channels = [await enterStasis(world, 'talk'), await enterStasis(world, 'talk')];
      await bridge.addChannel({ channel: channels.map(({ id }) => id) });
      const live = client.recordings.liveRecordingHandle(`alone-${app}`);
      const started = live.waitFor('RecordingStarted', patience);
      await bridge.record({ name: live.name, format: 'wav', ifExists: 'overwrite' });
      await started;
      const ear = new Ear(client);
      const playback = await bridge.play({ media: 'sound:demo-instruct' });
      await ear.until('PlaybackStarted');
      await bridge.startMoh();
      await bridge.removeChannel({ channel: channels[0]!.id });
      expect((await client.recordings.getLive({ recordingName: live.name })).state).toBe('recording');
      const ends = [
        live.waitFor('RecordingFinished', patience).then(({ recording }) => recording.state),
        playback.waitFor('PlaybackFinished', patience).then((event) => event.playback.state),
      ];
      await bridge.removeChannel({ channel: channels[1]!.id });
      expect(await Promise.all(ends)).toEqual(['done', 'failed']);
      await expectRefusal(live.stop(), 404, 'Recording not found');
      await expectRefusal(bridge.stopMoh(), 409, "Bridge isn't playing music");
      // Where nobody is, another one goes on.
      const again = live.waitFor('RecordingStarted', patience);
      await bridge.record({ name: live.name, format: 'wav', ifExists: 'overwrite' });
      await again;
      const ended = live.waitFor('RecordingFinished', patience);
      await live.stop();
      await ended;
      await client.recordings.deleteStored({ recordingName: live.name });
      await bridge.destroy();
      await Promise.all(channels.map((channel) => channel.hangup()));
    },
  },
  {
    area: 'bridges',
    name: 'music of a bridge is stopped only where it plays',
    async run({ client }) {
      const bridge = await client.bridges.create({ type: 'mixing' });
      await expectRefusal(bridge.stopMoh(), 409, "Bridge isn't playing music");
      await bridge.startMoh();
      await bridge.startMoh();
      await bridge.stopMoh();
      await bridge.destroy();
    },
  },
  {
    area: 'bridges',
    name: 'a recording of a bridge that cannot be is refused',
    async run({ client, app, raw }) {
      const bridge = await client.bridges.create({ type: 'mixing' });
      const record = (body: object) => raw('POST', `/bridges/${bridge.id}/record`, { body: { name: app, ...body } });
      await expectRaw(record({ format: 'nonsense' }), 422, 'specified format is unknown on this system');
      await expectRaw(record({ format: 'wav', maxDurationSeconds: -1 }), 500, 'Error parsing request');
      await expectRaw(record({ format: 'wav', terminateOn: 'x' }), 400, 'terminateOn invalid');
      await expectRaw(record({ format: 'wav', ifExists: 'x' }), 400, 'ifExists invalid');
      await bridge.destroy();
    },
  },
];
