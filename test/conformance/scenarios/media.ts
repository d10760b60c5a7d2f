import { NotFoundError } from 'asterisk-ari';
import { expect } from 'vitest';
import { enterStasis, patience, type Scenario } from '../world.js';

export const media: readonly Scenario[] = [
  {
    area: 'playbacks',
    name: 'a playback starts, finishes and is gone',
    async run(world) {
      const channel = await enterStasis(world);
      const playback = world.client.playbacks.handle();
      const started = playback.waitFor('PlaybackStarted', patience);
      const finished = playback.waitFor('PlaybackFinished', patience);
      const answer = await channel.playWithId({ playbackId: playback, media: 'sound:hello-world' });
      expect(answer.toJSON()).toMatchObject({ id: playback.id, media_uri: 'sound:hello-world', state: 'queued' });
      expect(answer.target_uri).toBe(`channel:${channel.id}`);
      expect((await started).playback.state).toBe('playing');
      expect((await finished).playback.state).toBe('done');
      await expect(playback.get()).rejects.toThrow(NotFoundError);
      await channel.hangup();
    },
  },
  {
    area: 'playbacks',
    name: 'several media follow each other in one playback',
    async run(world) {
      const channel = await enterStasis(world);
      const playback = await channel.play({ media: ['sound:digits/1', 'sound:digits/2'] });
      const continuing = playback.waitFor('PlaybackContinuing', patience);
      const finished = playback.waitFor('PlaybackFinished', patience);
      expect((await continuing).playback).toMatchObject({
        media_uri: 'sound:digits/1',
        next_media_uri: 'sound:digits/2',
        state: 'continuing',
      });
      await finished;
      await channel.hangup();
    },
  },
  {
    area: 'playbacks',
    name: 'a playback can be paused, resumed and stopped',
    async run(world) {
      const channel = await enterStasis(world);
      const playback = world.client.playbacks.handle();
      const started = playback.waitFor('PlaybackStarted', patience);
      await channel.playWithId({ playbackId: playback, media: 'sound:demo-instruct' });
      await started;
      await playback.control({ operation: 'pause' });
      const resumed = playback.waitFor('PlaybackStarted', patience);
      await playback.control({ operation: 'unpause' });
      await resumed;
      const finished = playback.waitFor('PlaybackFinished', patience);
      await playback.stop();
      await finished;
      await channel.hangup();
    },
  },
  {
    area: 'playbacks',
    name: 'a sound that does not exist fails in its PlaybackFinished',
    async run(world) {
      const channel = await enterStasis(world);
      const playback = world.client.playbacks.handle();
      const finished = playback.waitFor('PlaybackFinished', patience);
      await channel.playWithId({ playbackId: playback, media: 'sound:no-such-sound' });
      expect((await finished).playback.state).toBe('failed');
      await channel.hangup();
    },
  },
  {
    area: 'recordings',
    name: 'a channel is recorded, and the file can be fetched, copied and deleted',
    async run(world) {
      const { client, app } = world;
      const channel = await enterStasis(world, 'talk');
      const live = client.recordings.liveRecordingHandle(`rec-${app}`);
      const started = live.waitFor('RecordingStarted', patience);
      const recording = await channel.record({ name: live.name, format: 'wav', ifExists: 'overwrite' });
      expect(recording.toJSON()).toMatchObject({ name: live.name, format: 'wav' });
      await started;
      await live.pause();
      await live.unpause();
      await live.mute();
      await live.unmute();
      expect((await live.getLive()).state).toBe('recording');
      const finished = live.waitFor('RecordingFinished', patience);
      await live.stop();
      expect((await finished).recording.state).toBe('done');
      const stored = await client.recordings.getStored({ recordingName: live.name });
      expect(stored.toJSON()).toEqual({ name: live.name, format: 'wav' });
      const file = await stored.getStoredFile();
      const bytes = await file.buffer();
      expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
      expect(bytes.length).toBe(file.size);
      const copy = await stored.copyStored({ destinationRecordingName: `${live.name}-copy` });
      expect((await client.recordings.listStored()).map(({ name }) => name)).toContain(copy.name);
      await copy.deleteStored();
      await stored.deleteStored();
      await expect(stored.getStored()).rejects.toThrow(NotFoundError);
      await channel.hangup();
    },
  },
  {
    area: 'recordings',
    name: 'a cancelled recording leaves no file',
    async run(world) {
      const { client, app } = world;
      const channel = await enterStasis(world, 'talk');
      const live = client.recordings.liveRecordingHandle(`cancel-${app}`);
      const started = live.waitFor('RecordingStarted', patience);
      await channel.record({ name: live.name, format: 'wav' });
      await started;
      const finished = live.waitFor('RecordingFinished', patience);
      await live.cancel();
      // The documents have a state `canceled`; what comes is `done`.
      expect((await finished).recording.state).toBe('done');
      await expect(client.recordings.getStored({ recordingName: live.name })).rejects.toThrow(NotFoundError);
      await channel.hangup();
    },
  },
  {
    area: 'sounds',
    name: 'sounds are listed and described by id',
    async run({ client }) {
      const sounds = await client.sounds.list({ lang: 'en' });
      expect(sounds.map(({ id }) => id)).toContain('hello-world');
      const sound = await client.sounds.get({ soundId: 'digits/1' });
      expect(sound.formats).toContainEqual({ language: 'en', format: 'gsm' });
      await expect(client.sounds.get({ soundId: 'no-such-sound' })).rejects.toThrow(NotFoundError);
    },
  },
];
