import { NotFoundError } from 'asterisk-ari';
import { expect } from 'vitest';
import { createUndialled, dissolve, enterPair, enterStasis } from '../../actors.js';
import { Ear, eventually, expectRaw, expectRefusal } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

export const recordings: readonly Scenario[] = [
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
      const again = stored.copyStored({ destinationRecordingName: copy.name });
      await expectRefusal(again, 409, 'A recording with the same name already exists on the system');
      await copy.deleteStored();
      await stored.deleteStored();
      await expect(stored.getStored()).rejects.toThrow(NotFoundError);
      await channel.hangup();
    },
  },
  {
    area: 'recordings',
    name: 'a copy loses what comes after the last dot of its name, by the whole of which it is refused',
    async run(world) {
      const { client, app, raw } = world;
      const channel = await enterStasis(world, 'talk');
      const names = [`${app}-one`, `${app}-two`, `${app}-two.wav`] as const;
      for (const name of names) {
        const live = await channel.record({ name, format: 'wav' });
        await live.waitFor('RecordingStarted', patience);
        const finished = live.waitFor('RecordingFinished', patience);
        await live.stop();
        await finished;
      }
      const [one] = names;
      const copy = (destination: string) =>
        raw('POST', `/recordings/stored/${one}/copy?destinationRecordingName=${encodeURIComponent(destination)}`);
      const destinations = [`${one}.wav`, `${one}.x`, `${app}-two.gsm`, `${app}-a.b.c`, `${app}-d.`, `${app}-e.f/g`];
      const stored: unknown[] = [];
      for (const destination of destinations) {
        stored.push((await copy(destination)).json);
      }
      const copies = [one, one, `${app}-two`, `${app}-a.b`, `${app}-d`, `${app}-e`];
      expect(stored).toEqual(copies.map((name) => ({ name, format: 'wav' })));
      expect((await copy(`${app}-two.wav`)).status).toBe(409);
      for (const recordingName of new Set([...names, ...copies])) {
        await client.recordings.deleteStored({ recordingName });
      }
      await channel.hangup();
    },
  },
  {
    area: 'recordings',
    name: 'a file is said to be of its format: wav49 is WAV, and what ends as video does is video',
    async run(world) {
      const { app, raw } = world;
      const channel = await enterStasis(world);
      for (const [format, stored, type] of [
        ['wav', 'wav', 'audio/wav'],
        ['wav49', 'WAV', 'audio/WAV'],
        ['gsm', 'gsm', 'audio/gsm'],
        ['ulaw', 'ulaw', 'audio/ulaw'],
        ['g722', 'g722', 'audio/g722'],
        ['sln16', 'sln16', 'audio/sln16'],
        ['h263', 'h263', 'video/h263'],
      ] as const) {
        const live = await channel.record({ name: `${app}-${format}`, format });
        await live.waitFor('RecordingStarted', patience);
        const finished = live.waitFor('RecordingFinished', patience);
        await live.stop();
        await finished;
        const path = `/recordings/stored/${live.name}`;
        expect((await raw('GET', path)).json).toEqual({ name: live.name, format: stored });
        expect((await raw('GET', `${path}/file`)).headers['content-type']).toBe(type);
        await raw('DELETE', path);
      }
      const unknown = channel.record({ name: app, format: 'mp3' });
      await expectRefusal(unknown, 422, 'specified format is unknown on this system');
      await channel.hangup();
    },
  },
  {
    area: 'recordings',
    name: 'a channel that was dialled is recorded only after it has been in a bridge',
    since: 22,
    async run(world) {
      const { app, client } = world;
      const channel = await createUndialled(world);
      const up = channel.waitFor('Dial', { ...patience, where: ({ dialstatus }) => dialstatus === 'ANSWER' });
      await channel.dial({ timeout: 5 });
      await up;
      const live = await channel.record({ name: `${app}-dialled`, format: 'wav' });
      const { recording } = await live.waitFor('RecordingFailed', patience);
      expect(recording.cause).toBe('Cannot record channel while in bridge');
      const bridge = await client.bridges.create({ type: 'mixing' });
      const entered = channel.waitFor('ChannelEnteredBridge', patience);
      await bridge.addChannel({ channel });
      await entered;
      const left = channel.waitFor('ChannelLeftBridge', patience);
      await bridge.removeChannel({ channel });
      await left;
      const again = await channel.record({ name: `${app}-dialled`, format: 'wav' });
      await again.waitFor('RecordingStarted', patience);
      const finished = again.waitFor('RecordingFinished', patience);
      await again.stop();
      await finished;
      await client.recordings.deleteStored({ recordingName: `${app}-dialled` });
      await bridge.destroy();
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
    area: 'recordings',
    name: 'a recording is a folder deep if its name says so, and can be played',
    async run(world) {
      const { client, app } = world;
      const channel = await enterStasis(world, 'talk');
      const ear = new Ear(client);
      const name = `${app}/deep/one`;
      const recording = await channel.record({ name, format: 'wav', maxDurationSeconds: 2 });
      const { recording: finished } = await ear.until('RecordingFinished');
      expect(finished.name).toBe(name);
      expect(finished.duration).toBeGreaterThanOrEqual(1);
      expect((await client.recordings.getStored({ recordingName: name })).name).toBe(name);
      const playback = await channel.play({ media: `recording:${name}` });
      expect((await ear.until('PlaybackFinished')).playback).toMatchObject({ id: playback.id, state: 'done' });
      await client.recordings.deleteStored({ recordingName: recording.name });
      await channel.hangup();
    },
  },
  {
    area: 'recordings',
    name: 'a recording ends at a digit, after a beep',
    async run(world) {
      const { client, app } = world;
      const { near, far } = await enterPair(world);
      const ear = new Ear(client);
      const name = `digit-${app}`;
      await near.record({ name, format: 'wav', beep: true, terminateOn: '#' });
      await ear.until('RecordingStarted');
      await far.sendDTMF({ dtmf: '1#' });
      const { recording } = await ear.until('RecordingFinished');
      expect(recording.toJSON()).toMatchObject({ name, state: 'done', target_uri: `channel:${near.id}` });
      await client.recordings.deleteStored({ recordingName: name });
      await near.hangup();
    },
  },
  {
    area: 'recordings',
    name: 'a recording ends after silence, and tells how long there was talk and silence',
    async run(world) {
      const { client, app } = world;
      const channel = await enterStasis(world, 'wait');
      const ear = new Ear(client);
      const name = `silence-${app}`;
      await channel.record({ name, format: 'wav', maxSilenceSeconds: 1, maxDurationSeconds: 8 });
      const { recording } = await ear.until('RecordingFinished');
      expect(recording.toJSON()).toMatchObject({
        duration: expect.any(Number) as number,
        talking_duration: expect.any(Number) as number,
        silence_duration: expect.any(Number) as number,
      });
      await client.recordings.deleteStored({ recordingName: name });
      await channel.hangup();
    },
  },
  {
    area: 'recordings',
    name: 'an existing name is refused, overwritten or appended to, as told',
    async run(world) {
      const { client, app } = world;
      const channel = await enterStasis(world, 'talk');
      const ear = new Ear(client);
      const name = `again-${app}`;
      await channel.record({ name, format: 'wav', maxDurationSeconds: 1 });
      await ear.until('RecordingFinished');
      const exists = `Recording '${name}' already exists and can not be overwritten`;
      await expectRefusal(channel.record({ name, format: 'wav' }), 409, exists);
      await expectRefusal(channel.record({ name, format: 'wav', ifExists: 'fail' }), 409, exists);
      const size = async () => (await (await client.recordings.getStoredFile({ recordingName: name })).buffer()).length;
      const before = await size();
      await channel.record({ name, format: 'wav', maxDurationSeconds: 1, ifExists: 'append' });
      await eventually(() => ear.of('RecordingFinished').length).toBe(2);
      const appended = await size();
      expect(appended).toBeGreaterThan(before);
      await channel.record({ name, format: 'wav', maxDurationSeconds: 1, ifExists: 'overwrite' });
      await eventually(() => ear.of('RecordingFinished').length).toBe(3);
      expect(await size()).toBeLessThan(appended);
      await client.recordings.deleteStored({ recordingName: name });
      await channel.hangup();
    },
  },
  {
    area: 'recordings',
    name: 'a recording that cannot be is refused',
    async run(world) {
      const { app, raw } = world;
      const channel = await enterStasis(world, 'talk');
      const record = (body: object) => raw('POST', `/channels/${channel.id}/record`, { body: { name: app, ...body } });
      await expectRaw(record({}), 422, 'specified format is unknown on this system');
      await expectRaw(record({ format: 'nonsense' }), 422, 'specified format is unknown on this system');
      const negative = (what: string) => `${what} cannot be negative`;
      await expectRaw(record({ format: 'wav', maxDurationSeconds: -1 }), 400, negative('max_duration_seconds'));
      await expectRaw(record({ format: 'wav', maxSilenceSeconds: -1 }), 400, negative('max_silence_seconds'));
      await expectRaw(record({ format: 'wav', terminateOn: 'x' }), 400, 'terminateOn invalid');
      await expectRaw(record({ format: 'wav', ifExists: 'x' }), 400, 'ifExists invalid');
      await channel.hangup();
    },
  },
  {
    area: 'recordings',
    name: 'a channel in a bridge cannot be recorded: the recording fails',
    async run(world) {
      const { client, app } = world;
      const bridge = await client.bridges.create({ type: 'mixing' });
      const channel = await enterStasis(world, 'talk');
      await bridge.addChannel({ channel });
      const ear = new Ear(client);
      await channel.record({ name: `failing-${app}`, format: 'wav' });
      const { recording } = await ear.until('RecordingFailed');
      expect(recording.toJSON()).toMatchObject({ state: 'failed', cause: 'Cannot record channel while in bridge' });
      await dissolve(world, bridge, channel);
    },
  },
  {
    area: 'recordings',
    name: 'live recordings that there are not are refused; pausing twice is not',
    async run(world) {
      const { client, app } = world;
      const none = client.recordings.liveRecordingHandle('no-such-recording');
      const attempts = [none.getLive(), none.cancel(), none.stop(), none.pause(), none.unpause(), none.mute()];
      await Promise.all(attempts.map((attempt) => expectRefusal(attempt, 404, 'Recording not found')));
      const channel = await enterStasis(world, 'talk');
      const ear = new Ear(client);
      const live = await channel.record({ name: `pause-${app}`, format: 'wav' });
      await ear.until('RecordingStarted');
      await live.pause();
      await live.pause();
      expect((await live.getLive()).state).toBe('paused');
      await live.unpause();
      await live.unpause();
      await live.cancel();
      await ear.until('RecordingFinished');
      await expectRefusal(live.getLive(), 404, 'Recording not found');
      await channel.hangup();
    },
  },
  {
    area: 'recordings',
    name: 'stored recordings that there are not are refused, and none outside the folder is reached',
    async run({ client }) {
      for (const name of ['no-such-recording', '../../etc/passwd']) {
        const none = client.recordings.storedRecordingHandle(name);
        await expectRefusal(none.getStored(), 404, 'Recording not found');
        await expectRefusal(none.deleteStored(), 404, 'Recording not found');
        await expectRefusal(none.getStoredFile(), 404, 'Recording not found');
        await expectRefusal(none.copyStored({ destinationRecordingName: 'copy' }), 404, 'Recording not found');
      }
    },
  },
  {
    area: 'recordings',
    name: 'a hangup finishes the recording',
    async run(world) {
      const { client, app } = world;
      const channel = await enterStasis(world, 'talk');
      const ear = new Ear(client);
      const name = `hangup-${app}`;
      await channel.record({ name, format: 'wav' });
      await ear.until('RecordingStarted');
      await channel.hangup();
      expect((await ear.until('RecordingFinished')).recording.state).toBe('done');
      await ear.until('StasisEnd');
      await client.recordings.deleteStored({ recordingName: name });
    },
  },
];
