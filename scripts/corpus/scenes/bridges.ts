import { app, type SceneScript } from '../scene.js';

export const bridges: readonly SceneScript[] = [
  {
    name: 'a bridge is created, filled, emptied and destroyed',
    async run(scene) {
      const { id: bridgeId } = await scene.call<{ id: string }>('bridges.create', { type: 'mixing,dtmf_events' });
      const [first, second] = [await scene.enter(), await scene.enter()];
      await scene.call('bridges.addChannel', { bridgeId, channel: `${first},${second}` });
      await scene.until('ChannelEnteredBridge', ({ channel }) => channel?.id === second);
      await scene.call('bridges.list');
      await scene.call('bridges.get', { bridgeId });
      await scene.call('bridges.startMoh', { bridgeId });
      await scene.call('bridges.stopMoh', { bridgeId });
      await scene.call('bridges.removeChannel', { bridgeId, channel: second });
      await scene.until('ChannelLeftBridge', ({ channel }) => channel.id === second);
      await scene.attempt('bridges.addChannel', { bridgeId, channel: 'not-there' });
      await scene.call('bridges.destroy', { bridgeId });
      await scene.until('BridgeDestroyed', ({ bridge }) => bridge.id === bridgeId);
      await scene.attempt('bridges.get', { bridgeId });
    },
  },
  {
    name: 'bridges of other kinds',
    async run(scene) {
      for (const type of ['holding', 'mixing,proxy_media', 'mixing,video_sfu', 'mixing,video_single', 'dtmf_events']) {
        await scene.attempt('bridges.create', { type, name: type });
      }
      await scene.call('bridges.list');
    },
  },
  {
    name: 'a bridge has variables',
    since: 22,
    async run(scene) {
      const bridgeId = 'corpus-bridge';
      const created = {
        bridgeId,
        type: 'mixing',
        variables: { COLOUR: 'blue', SEEN: { value: '1', report_events: true } },
      };
      await scene.call('bridges.createWithId', created);
      await scene.call('bridges.setBridgeVar', { bridgeId, variable: 'SIZE', value: 'big', report_events: true });
      await scene.call('bridges.setBridgeVars', { bridgeId, variables: { TASTE: 'sour' } });
      await scene.call('bridges.getBridgeVar', { bridgeId, variable: 'COLOUR' });
      await scene.call('bridges.getBridgeVars', { bridgeId, variables: 'COLOUR,SIZE' });
      await scene.call('bridges.get', { bridgeId });
    },
  },
  {
    name: 'a bridge shows the video of a channel',
    async run(scene) {
      const [first, second] = [await scene.enter(), await scene.enter()];
      const bridgeId = await scene.bridge('mixing,video_single', first, second);
      await scene.until('ChannelEnteredBridge', ({ channel }) => channel?.id === second);
      await scene.call('bridges.setVideoSource', { bridgeId, channelId: first });
      await scene.call('bridges.get', { bridgeId });
      await scene.call('bridges.setVideoSource', { bridgeId, channelId: second });
      await scene.call('bridges.clearVideoSource', { bridgeId });
      await scene.until('BridgeVideoSourceChanged');
    },
  },
  {
    name: 'a bridge plays and is recorded',
    async run(scene) {
      const channel = await scene.enter('Local/talk@default/n');
      const bridgeId = await scene.bridge('mixing', channel);
      await scene.until('ChannelEnteredBridge', (event) => event.channel?.id === channel);
      await scene.call('bridges.play', { bridgeId, media: 'sound:hello-world' });
      await scene.until('PlaybackFinished');
      const playbackId = 'corpus-bridge-playback';
      await scene.call('bridges.playWithId', { bridgeId, playbackId, media: 'sound:hello-world' });
      await scene.until('PlaybackFinished', ({ playback }) => playback.id === playbackId);
      await scene.call('bridges.record', { bridgeId, name: 'corpus-of-bridge', format: 'wav' });
      await scene.until('RecordingStarted');
      await scene.wait(500);
      await scene.call('recordings.stop', { recordingName: 'corpus-of-bridge' });
      await scene.until('RecordingFinished');
      await scene.call('recordings.deleteStored', { recordingName: 'corpus-of-bridge' });
    },
  },
  {
    name: 'a channel is added to a bridge with a role, and taken over by another bridge',
    async run(scene) {
      const channel = await scene.enter('Local/wait@default/n', { appArgs: app });
      const holding = await scene.bridge('holding');
      await scene.call('bridges.addChannel', { bridgeId: holding, channel, role: 'announcer' });
      await scene.until('ChannelEnteredBridge', ({ bridge }) => bridge.id === holding);
      const mixing = await scene.bridge('mixing', channel);
      await scene.until('ChannelEnteredBridge', ({ bridge }) => bridge.id === mixing);
    },
  },
];
