import { each, flag, overlooked, single, text } from '../fields.js';
import { binding, command, list, reading, type PxKind, type PxMore } from '../kind.js';
import { recording } from './recording.js';

const bridge = '/bridges/{bridgeId}';

const creating = {
  class: 'create',
  thing: 'bridge',
  member: 'bridge_create',
  fields: { type: text('type'), name: text('name') },
  answer: { is: 'made', of: 'bridge', id: 'bridgeId' },
  binds: [],
} as const;

const playing: PxMore = {
  member: 'bridge_play',
  fields: { playback_id: text('playbackId'), media_uri: single('media', 'media_uri is mandatory') },
  answer: { is: 'made', of: 'playback', id: 'playbackId' },
  binds: [],
};

const recordingOf: PxMore = {
  member: 'bridge_record',
  fields: recording,
  answer: { is: 'made', of: 'liverecording', id: 'name' },
  binds: [],
};

const channel = { channel: each('channel', 'channel is mandatory') };

/** Something done to a bridge, which binds it. */
function doing(kind: string, operation: string, call: string, more: PxMore = {}): PxKind {
  const [method, action] = call.split(' ');
  return command('bridge', kind, operation, `${method} ${bridge}${action ?? ''}`, { binds: [], ...more });
}

/** Only told what it would be. */
function staged(kind: string, more: PxMore): PxKind {
  return { ...doing(kind, '', 'GET', more), class: 'get', isStaged: true, isServedOnly: true };
}

export const bridgeKinds: readonly PxKind[] = [
  ...reading('bridge', 'Bridge', 'bridges.get', `GET ${bridge}`),
  list('bridge', 'BridgeList', 'bridges.list', 'GET /bridges'),
  { ...creating, kind: 'BridgeCreate', operation: 'bridges.create', call: `POST ${bridge}`, also: ['POST /bridges'] },
  { ...creating, kind: 'BridgeStageCreate', isStaged: true, isServedOnly: true },
  doing('BridgeDelete', 'bridges.destroy', 'DELETE'),
  doing('BridgeAddChannel', 'bridges.addChannel', 'POST /addChannel', {
    member: 'bridge_add_channel',
    fields: {
      ...channel,
      absorbDTMF: overlooked(flag('absorbDTMF')),
      mute: overlooked(flag('mute')),
      role: overlooked(text('role')),
    },
    binds: ['channel'],
    blocking: true,
  }),
  doing('BridgeRemoveChannel', 'bridges.removeChannel', 'POST /removeChannel', {
    member: 'bridge_remove_channel',
    fields: channel,
    binds: ['channel'],
    blocking: true,
  }),
  doing('BridgeMOH', 'bridges.startMoh', 'POST /moh', { member: 'bridge_moh', fields: { class: text('mohClass') } }),
  doing('BridgeStopMOH', 'bridges.stopMoh', 'DELETE /moh'),
  doing('BridgeVideoSource', 'bridges.setVideoSource', 'POST /videoSource/{channelId}', {
    member: 'bridge_video_source',
    fields: { channel: text('channelId', 'channel is mandatory') },
  }),
  doing('BridgeVideoSourceDelete', 'bridges.clearVideoSource', 'DELETE /videoSource'),
  {
    ...doing('BridgePlay', 'bridges.play', 'POST /play/{playbackId}', playing),
    class: 'create',
    also: [`POST ${bridge}/play`],
  },
  staged('BridgeStagePlay', playing),
  { ...doing('BridgeRecord', 'bridges.record', 'POST /record', recordingOf), class: 'create' },
  staged('BridgeStageRecord', recordingOf),
  binding('bridge', 'BridgeSubscribe'),
  { ...binding('bridge', 'BridgeUnsubscribe'), unbinds: true },
];
