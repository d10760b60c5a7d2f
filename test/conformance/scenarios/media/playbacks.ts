import { NotFoundError } from 'asterisk-ari';
import { expect } from 'vitest';
import { enterStasis } from '../../actors.js';
import { Ear, eventually, expectRaw, expectRefusal } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

export const playbacks: readonly Scenario[] = [
  {
    area: 'playbacks',
    name: 'a playback starts, finishes and is gone',
    async run(world) {
      const channel = await enterStasis(world);
      const playback = world.client.playbacks.handle();
      const started = playback.waitFor('PlaybackStarted', patience);
      const finished = playback.waitFor('PlaybackFinished', patience);
      const answer = await channel.playWithId({ playbackId: playback, media: 'sound:hello-world' });
      expect(answer.toJSON()).toMatchObject({ id: playback.id, media_uri: 'sound:hello-world', language: 'en' });
      expect(answer.target_uri).toBe(`channel:${channel.id}`);
      expect((await started).playback.state).toBe('playing');
      expect((await finished).playback.state).toBe('done');
      await expect(playback.get()).rejects.toThrow(NotFoundError);
      await expectRefusal(playback.stop(), 404, 'Playback not found');
      await expectRefusal(playback.control({ operation: 'pause' }), 404, 'Playback not found');
      await channel.hangup();
    },
  },
  {
    area: 'playbacks',
    name: 'a playback that is over at once is heard of by who awaits its answer first, over either way',
    async run(world) {
      const { client, connect, app } = world;
      const overHttp = await connect({ transport: 'http' });
      await overHttp.start(`${app}-http`);
      for (const [one, name] of [[client, app] as const, [overHttp, `${app}-http`] as const]) {
        const channel = await enterStasis({ ...world, client: one, app: name });
        for (let attempt = 0; attempt < 5; attempt += 1) {
          const playback = await channel.play({ media: 'sound:no-such-sound' });
          expect((await playback.waitFor('PlaybackFinished', patience)).playback.id).toBe(playback.id);
          const again = await channel.play({ media: 'sound:no-such-sound' });
          await again.waitFor('PlaybackStarted', patience);
          await again.waitFor('PlaybackFinished', patience);
        }
        await channel.hangup();
      }
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
    name: 'a playback of several media that is stopped in its first does not begin the second',
    async run(world) {
      const channel = await enterStasis(world);
      const ear = new Ear(world.client);
      const playback = await channel.play({ media: ['sound:demo-instruct', 'sound:digits/2'] });
      await ear.until('PlaybackStarted');
      await playback.stop();
      const { playback: finished } = await ear.until('PlaybackFinished');
      expect(finished).toMatchObject({ media_uri: 'sound:demo-instruct', state: 'done' });
      expect(ear.of('PlaybackContinuing')).toEqual([]);
      await channel.hangup();
    },
  },
  {
    area: 'playbacks',
    name: 'what is read aloud is read to its end when it is stopped: refused as the first medium, otherwise answered, and the next one begins',
    async run(world) {
      const channel = await enterStasis(world);
      for (const spoken of ['number:42', 'digits:42', 'characters:ab'] as const) {
        const ear = new Ear(world.client);
        const first = await channel.play({ media: [spoken, 'sound:demo-congrats'] });
        await ear.until('PlaybackStarted', ({ playback }) => playback.id === first.id);
        await expectRefusal(first.stop(), 500, 'Could not stop playback');
        await ear.until('PlaybackStarted', ({ playback }) => playback.media_uri === 'sound:demo-congrats');
        await first.stop();
        await ear.until('PlaybackFinished', ({ playback }) => playback.id === first.id);

        const later = await channel.play({ media: ['sound:digits/1', spoken, 'sound:demo-instruct'] });
        await ear.until(
          'PlaybackStarted',
          (event) => event.playback.id === later.id && event.playback.media_uri === spoken,
        );
        await later.stop();
        expect(await later.get()).toMatchObject({ media_uri: spoken, state: 'done' });
        await later.stop();
        await expectRefusal(later.control({ operation: 'pause' }), 409, 'Can only pause while media is playing');
        await ear.until('PlaybackStarted', ({ playback }) => playback.media_uri === 'sound:demo-instruct');
        await later.stop();
        await ear.until('PlaybackFinished', ({ playback }) => playback.id === later.id);
        expect(ear.types(later, 'PlaybackStarted', 'PlaybackContinuing', 'PlaybackFinished')).toEqual([
          'PlaybackStarted',
          'PlaybackContinuing',
          'PlaybackStarted',
          'PlaybackContinuing',
          'PlaybackStarted',
          'PlaybackFinished',
        ]);
      }
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
      expect((await playback.get()).state).toBe('paused');
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
    name: 'a playback goes forward, back and to its beginning while it plays, and only then',
    async run(world) {
      const channel = await enterStasis(world);
      const ear = new Ear(world.client);
      const playback = await channel.play({ media: 'sound:demo-instruct', offsetms: 1000, skipms: 500 });
      await ear.until('PlaybackStarted');
      await playback.control({ operation: 'forward' });
      await playback.control({ operation: 'reverse' });
      const path = `/playbacks/${playback.id}/control`;
      await expectRaw(world.raw('POST', path, { body: { operation: 'sing' } }), 400, 'Invalid operation sing');
      await expectRaw(world.raw('POST', path, { body: {} }), 400, 'Missing operation');
      await playback.control({ operation: 'pause' });
      const refused = 'Can only forward while media is playing';
      await expectRefusal(playback.control({ operation: 'forward' }), 409, refused);
      await playback.stop();
      await ear.until('PlaybackFinished');
      await channel.hangup();
    },
  },
  {
    area: 'playbacks',
    name: 'playbacks of one channel wait for each other',
    async run(world) {
      const channel = await enterStasis(world);
      const ear = new Ear(world.client);
      const first = await channel.play({ media: 'sound:digits/1' });
      const second = await channel.play({ media: 'sound:digits/2' });
      expect((await second.get()).state).toBe('queued');
      const refused = second.control({ operation: 'pause' });
      await expectRefusal(refused, 409, 'Can only pause while media is playing');
      await ear.until('PlaybackFinished', ({ playback }) => playback.id === second.id);
      const order = ear.events.flatMap((event) => ('playback' in event ? [`${event.playback.id} ${event.type}`] : []));
      expect(order).toEqual([
        `${first.id} PlaybackStarted`,
        `${first.id} PlaybackFinished`,
        `${second.id} PlaybackStarted`,
        `${second.id} PlaybackFinished`,
      ]);
      await channel.hangup();
    },
  },
  {
    area: 'playbacks',
    name: 'a playback that is stopped while it waits for another one is done at once, and never begins',
    async run(world) {
      const channel = await enterStasis(world);
      const ear = new Ear(world.client);
      const first = await channel.play({ media: 'sound:demo-instruct' });
      await ear.until('PlaybackStarted');
      const second = await channel.play({ media: ['sound:digits/1', 'number:2'] });
      await second.stop();
      expect(await second.get()).toMatchObject({ media_uri: 'sound:digits/1', state: 'done' });
      await second.stop();
      await first.stop();
      await ear.until('PlaybackFinished', ({ playback }) => playback.id === second.id);
      expect(ear.types(second, 'PlaybackStarted', 'PlaybackFinished')).toEqual(['PlaybackFinished']);
      await channel.hangup();
    },
  },
  {
    area: 'playbacks',
    name: 'of two playbacks under one id the first is found by it; the second begins when the first has ended',
    async run(world) {
      const channel = await enterStasis(world);
      const ear = new Ear(world.client);
      const playbackId = `${world.app}-twice`;
      const playback = await channel.playWithId({ playbackId, media: 'sound:demo-instruct' });
      await ear.until('PlaybackStarted');
      const second = await channel.playWithId({ playbackId, media: 'sound:demo-congrats' });
      expect(second.toJSON()).toMatchObject({ id: playbackId, media_uri: 'sound:demo-congrats', state: 'queued' });
      expect((await playback.get()).media_uri).toBe('sound:demo-instruct');
      await playback.stop();
      await ear.until('PlaybackStarted', (event) => event.playback.media_uri === 'sound:demo-congrats');
      await channel.hangup();
      await eventually(() => ear.types(playback, 'PlaybackStarted', 'PlaybackFinished')).toEqual([
        'PlaybackStarted',
        'PlaybackFinished',
        'PlaybackStarted',
        'PlaybackFinished',
      ]);
    },
  },
  {
    area: 'playbacks',
    name: 'a hangup ends what is playing and what waits to play',
    async run(world) {
      const channel = await enterStasis(world);
      const ear = new Ear(world.client);
      const playback = await channel.play({ media: 'sound:demo-instruct' });
      await ear.until('PlaybackStarted');
      await channel.hangup();
      const { playback: finished } = await ear.until('PlaybackFinished');
      expect(finished.id).toBe(playback.id);
      await ear.until('StasisEnd');
      const order = ear.events
        .map(({ type }) => type)
        .filter((type) => ['PlaybackFinished', 'StasisEnd'].includes(type));
      expect(order).toEqual(['PlaybackFinished', 'StasisEnd']);
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
    area: 'playbacks',
    name: 'media of no kind that there is begin and are never heard of again',
    async run(world) {
      const channel = await enterStasis(world);
      const ear = new Ear(world.client);
      for (const media of ['nonsense', 'nothing:here', 'recording:no-such-recording', 'number:abc']) {
        // Past the client, which refuses the first two.
        await expectRaw(world.raw('POST', `/channels/${channel.id}/play`, { body: { media } }), 201);
      }
      const after = await channel.play({ media: 'sound:digits/1' });
      await ear.until('PlaybackFinished', ({ playback }) => playback.id === after.id);
      expect(ear.of('PlaybackStarted').map(({ playback }) => playback.media_uri)).toEqual([
        'nonsense',
        'nothing:here',
        'recording:no-such-recording',
        'number:abc',
        'sound:digits/1',
      ]);
      expect(ear.of('PlaybackFinished').length).toBe(1);
      await channel.hangup();
    },
  },
  {
    area: 'playbacks',
    name: 'a tone that there is not fails; digits that are none are read as nothing',
    async run(world) {
      const channel = await enterStasis(world);
      const ear = new Ear(world.client);
      const states: Record<string, string> = {};
      for (const media of ['tone:no-such-tone', 'digits:xyz'] as const) {
        const playback = await channel.play({ media });
        states[media] = (
          await ear.until('PlaybackFinished', (event) => event.playback.id === playback.id)
        ).playback.state;
      }
      expect(states).toEqual({ 'tone:no-such-tone': 'failed', 'digits:xyz': 'done' });
      await channel.hangup();
    },
  },
  {
    area: 'playbacks',
    name: 'numbers, digits and characters are read out, and a tone plays until it is stopped',
    async run(world) {
      const channel = await enterStasis(world);
      const ear = new Ear(world.client);
      for (const media of ['number:12', 'digits:34', 'characters:ab'] as const) {
        const playback = await channel.play({ media });
        const { playback: finished } = await ear.until(
          'PlaybackFinished',
          (event) => event.playback.id === playback.id,
        );
        expect(finished).toMatchObject({ media_uri: media, state: 'done' });
      }
      const tone = await channel.play({ media: 'tone:ring' });
      await ear.until('PlaybackStarted', ({ playback }) => playback.id === tone.id);
      expect((await tone.get()).state).toBe('playing');
      await tone.stop();
      await ear.until('PlaybackFinished', ({ playback }) => playback.id === tone.id);
      await channel.hangup();
    },
  },
];
