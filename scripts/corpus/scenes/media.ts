import type { SceneScript } from '../scene.js';

export const media: readonly SceneScript[] = [
  {
    name: 'playbacks: one, several, controlled, stopped, failed',
    async run(scene) {
      const channelId = await scene.enter();
      const play = (playbackId: string, uris: string) =>
        scene.call('channels.playWithId', { channelId, playbackId, media: uris });
      await scene.call('channels.play', { channelId, media: 'sound:digits/1', lang: 'en' });
      await scene.until('PlaybackFinished');
      await play('several', 'sound:digits/1,sound:digits/2,sound:digits/3');
      await scene.until('PlaybackContinuing');
      await scene.until('PlaybackFinished', ({ playback }) => playback.id === 'several');
      await play('long', 'sound:demo-congrats');
      await scene.until('PlaybackStarted', ({ playback }) => playback.id === 'long');
      await scene.call('playbacks.get', { playbackId: 'long' });
      for (const operation of ['pause', 'unpause', 'forward', 'reverse', 'restart', 'pause']) {
        await scene.call('playbacks.control', { playbackId: 'long', operation });
        await scene.wait(150);
      }
      await scene.call('playbacks.get', { playbackId: 'long' });
      await scene.call('playbacks.stop', { playbackId: 'long' });
      await scene.until('PlaybackFinished', ({ playback }) => playback.id === 'long');
      await scene.attempt('playbacks.get', { playbackId: 'long' });
      await play('silent', 'sound:no-such-sound');
      await scene.until('PlaybackFinished', ({ playback }) => playback.id === 'silent');
      await play('others', 'digits:12,number:7,characters:ab');
      await scene.until('PlaybackFinished', ({ playback }) => playback.id === 'others');
      await play('tone', 'tone:ring');
      await scene.until('PlaybackStarted', ({ playback }) => playback.id === 'tone');
      await scene.call('channels.hangup', { channelId });
      await scene.until('PlaybackFinished', ({ playback }) => playback.id === 'tone').catch(() => undefined);
    },
  },
  {
    name: 'recordings: paused, muted, stopped, stored, copied and deleted',
    async run(scene) {
      const channelId = await scene.enter('Local/talk@default/n');
      const recordingName = 'corpus/recording';
      const format = { format: 'wav', ifExists: 'overwrite' };
      await scene.call('channels.record', { channelId, name: recordingName, ...format, beep: true });
      await scene.until('RecordingStarted');
      await scene.call('recordings.getLive', { recordingName });
      for (const operation of ['pause', 'unpause', 'mute', 'unmute']) {
        await scene.call(`recordings.${operation}`, { recordingName });
        await scene.wait(150);
        await scene.call('recordings.getLive', { recordingName });
      }
      await scene.call('recordings.stop', { recordingName });
      await scene.until('RecordingFinished', ({ recording }) => recording.name === recordingName);
      await scene.attempt('recordings.getLive', { recordingName });
      await scene.call('recordings.listStored');
      await scene.call('recordings.getStored', { recordingName });
      await scene.call('recordings.getStoredFile', { recordingName });
      const destinationRecordingName = 'corpus/copy';
      await scene.call('recordings.copyStored', { recordingName, destinationRecordingName });
      await scene.attempt('channels.record', { channelId, name: recordingName, format: 'wav' });
      await scene.attempt('channels.record', { channelId, name: 'other', format: 'no-such-format' });
      await scene.call('recordings.deleteStored', { recordingName });
      await scene.call('recordings.deleteStored', { recordingName: destinationRecordingName });
      await scene.attempt('recordings.getStored', { recordingName });
    },
  },
  {
    name: 'recordings: cancelled, ended by silence, by time, by hanging up',
    async run(scene) {
      const channelId = await scene.enter('Local/talker@default/n');
      await scene.call('channels.record', { channelId, name: 'cancelled', format: 'wav' });
      await scene.until('RecordingStarted', ({ recording }) => recording.name === 'cancelled');
      await scene.call('recordings.cancel', { recordingName: 'cancelled' });
      await scene.until('RecordingFinished', ({ recording }) => recording.name === 'cancelled');
      const ends = { silent: { maxSilenceSeconds: 1 }, timed: { maxDurationSeconds: 2, terminateOn: '#' } };
      for (const [name, limit] of Object.entries(ends)) {
        await scene.call('channels.record', { channelId, name, format: 'wav', ifExists: 'overwrite', ...limit });
        await scene.until('RecordingFinished', ({ recording }) => recording.name === name);
      }
      await scene.call('channels.record', { channelId, name: 'hung-up', format: 'wav', ifExists: 'overwrite' });
      await scene.until('RecordingStarted', ({ recording }) => recording.name === 'hung-up');
      await scene.call('channels.hangup', { channelId });
      await scene.until('RecordingFinished', ({ recording }) => recording.name === 'hung-up');
    },
  },
  {
    name: 'recordings that fail: in a bridge, and where there is no folder to be made',
    async run(scene) {
      const channelId = await scene.enter('Local/talk@default/n');
      await scene.call('channels.record', { channelId, name: 'file', format: 'wav', ifExists: 'overwrite' });
      await scene.until('RecordingStarted', ({ recording }) => recording.name === 'file');
      await scene.call('recordings.stop', { recordingName: 'file' });
      await scene.until('RecordingFinished', ({ recording }) => recording.name === 'file');
      const bridgeId = await scene.bridge('mixing', channelId);
      await scene.until('ChannelEnteredBridge', ({ channel }) => channel?.id === channelId);
      await scene.attempt('channels.record', { channelId, name: 'in-bridge', format: 'wav', ifExists: 'overwrite' });
      await scene.wait(500);
      await scene.call('bridges.removeChannel', { bridgeId, channel: channelId });
      await scene.attempt('channels.record', { channelId, name: 'file.wav/below', format: 'wav' });
      await scene.until('RecordingFailed');
    },
  },
  {
    name: 'sounds',
    async run(scene) {
      await scene.call('sounds.list', { lang: 'en', format: 'gsm' });
      await scene.call('sounds.get', { soundId: 'digits/1' });
      await scene.attempt('sounds.get', { soundId: 'no-such-sound' });
    },
  },
];
