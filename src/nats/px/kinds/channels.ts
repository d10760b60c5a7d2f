import { data, milliseconds, number, seconds, single, someMilliseconds, text } from '../fields.js';
import { binding, command, list, reading, type PxKind, type PxMore } from '../kind.js';
import { creating, externalMedia, originating, snooping } from './making.js';
import { recording } from './recording.js';

const channel = '/channels/{channelId}';

const playing: PxMore = {
  member: 'channel_play',
  fields: { playback_id: text('playbackId'), media_uri: single('media', 'media_uri is mandatory') },
  answer: { is: 'made', of: 'playback', id: 'playbackId' },
  binds: [],
};

const recordingOf: PxMore = {
  member: 'channel_record',
  fields: recording,
  answer: { is: 'made', of: 'liverecording', id: 'name' },
  binds: [],
};

const snoop: PxMore = {
  member: 'channel_snoop',
  fields: snooping,
  app: 'app',
  answer: { is: 'made', of: 'channel', id: 'snoopId' },
  binds: [],
};

const made = { is: 'made', of: 'channel', id: 'channelId' } as const;

const originate = {
  class: 'create',
  member: 'channel_originate',
  fields: originating,
  mandatory: 'OriginateRequest is mandatory',
  answer: made,
  binds: ['otherChannelId', 'originator'],
} as const;

const external = {
  class: 'create',
  member: 'channel_external_media',
  fields: externalMedia,
  mandatory: 'ExternalMediaOptions is required',
  app: 'app',
  answer: made,
  binds: [],
} as const;

const moh = { member: 'channel_moh', fields: { music: text('mohClass') } };
const muting = { member: 'channel_mute', fields: { direction: text('direction') }, defaults: { direction: 'both' } };
const variable = { name: text('variable', 'name is mandatory') };

/** Something done to a channel that has no values. */
function simply(kind: string, operation: string, call: string, more: PxMore = {}): PxKind {
  const [method, action] = call.split(' ');
  return command('channel', kind, operation, `${method} ${channel}${action ?? ''}`, more);
}

/** What comes of a channel, and the same, only told what it would be. */
function doing(name: string, operation: string, path: string, more: PxMore): PxKind[] {
  const of = { thing: 'channel', ...more } as const;
  const answer = more.answer ?? made;
  const also = [`POST ${channel}${path.slice(0, path.indexOf('/{'))}`];
  return [
    {
      ...of,
      answer,
      kind: `Channel${name}`,
      class: 'create',
      operation,
      call: `POST ${channel}${path}`,
      ...(path.includes('{') && { also }),
    },
    {
      ...of,
      answer,
      kind: `ChannelStage${name}`,
      class: 'get',
      call: `GET ${channel}`,
      isStaged: true,
      isServedOnly: true,
    },
  ];
}

export const channelKinds: readonly PxKind[] = [
  ...reading('channel', 'Channel', 'channels.get', `GET ${channel}`),
  list('channel', 'ChannelList', 'channels.list', 'GET /channels'),
  simply('ChannelAnswer', 'channels.answer', 'POST /answer', { binds: [], blocking: true }),
  simply('ChannelHangup', 'channels.hangup', 'DELETE', {
    member: 'channel_hangup',
    fields: { reason: text('reason') },
  }),
  simply('ChannelBusy', 'channels.hangup', 'DELETE', { defaults: { reason: 'busy' }, isServedOnly: true, binds: [] }),
  simply('ChannelCongestion', 'channels.hangup', 'DELETE', {
    defaults: { reason: 'congestion' },
    isServedOnly: true,
    binds: [],
  }),
  simply('ChannelContinue', 'channels.continueInDialplan', 'POST /continue', {
    member: 'channel_continue',
    fields: { context: text('context'), extension: text('extension'), priority: number('priority') },
  }),
  simply('ChannelDial', 'channels.dial', 'POST /dial', {
    member: 'channel_dial',
    fields: { caller: text('caller'), timeout: seconds('timeout') },
  }),
  simply('ChannelRing', 'channels.ring', 'POST /ring'),
  simply('ChannelStopRing', 'channels.ringStop', 'DELETE /ring'),
  simply('ChannelHold', 'channels.hold', 'POST /hold'),
  simply('ChannelStopHold', 'channels.unhold', 'DELETE /hold'),
  simply('ChannelMOH', 'channels.startMoh', 'POST /moh', moh),
  simply('ChannelStopMOH', 'channels.stopMoh', 'DELETE /moh'),
  simply('ChannelSilence', 'channels.startSilence', 'POST /silence'),
  simply('ChannelStopSilence', 'channels.stopSilence', 'DELETE /silence'),
  simply('ChannelMute', 'channels.mute', 'POST /mute', muting),
  simply('ChannelUnmute', 'channels.unmute', 'DELETE /mute', muting),
  simply('ChannelSendDTMF', 'channels.sendDTMF', 'POST /dtmf', {
    member: 'channel_send_dtmf',
    fields: {
      dtmf: text('dtmf', 'dtmf is mandatory'),
      'options.Before': milliseconds('before'),
      'options.Between': someMilliseconds('between'),
      'options.Duration': someMilliseconds('duration'),
      'options.After': milliseconds('after'),
    },
  }),
  simply('ChannelVariableGet', 'channels.getChannelVar', 'GET /variable', {
    member: 'channel_variable',
    fields: variable,
    class: 'data',
    answer: { is: 'value' },
    blocking: true,
  }),
  simply('ChannelVariableSet', 'channels.setChannelVar', 'POST /variable', {
    member: 'channel_variable',
    fields: { ...variable, value: text('value') },
    blocking: true,
  }),
  ...doing('Play', 'channels.play', '/play/{playbackId}', playing),
  ...doing('Record', 'channels.record', '/record', recordingOf),
  ...doing('Snoop', 'channels.snoopChannel', '/snoop/{snoopId}', snoop),
  {
    ...originate,
    kind: 'ChannelOriginate',
    operation: 'channels.originate',
    call: 'POST /channels',
    also: [`POST ${channel}`],
  },
  { ...originate, kind: 'ChannelStageOriginate', isStaged: true, isServedOnly: true },
  {
    kind: 'ChannelCreate',
    class: 'create',
    operation: 'channels.create',
    call: 'POST /channels/create',
    member: 'channel_create',
    fields: creating,
    answer: made,
    binds: ['otherChannelId'],
  },
  {
    ...external,
    kind: 'ChannelExternalMedia',
    operation: 'channels.externalMedia',
    call: 'POST /channels/externalMedia',
    blocking: true,
  },
  { ...external, kind: 'ChannelStageExternalMedia', isStaged: true, isServedOnly: true },
  {
    kind: 'ChannelUserEvent',
    class: 'command',
    operation: 'events.userEvent',
    call: 'POST /events/user/{eventName}',
    thing: 'channel',
    source: 'source',
    member: 'channel_user_event',
    fields: {
      'UserEvent.eventname': text('eventName', 'UserEvent is mandatory'),
      'UserEvent.userevent': data('variables'),
    },
    app: 'application',
    answer: { is: 'nothing' },
  },
  binding('channel', 'ChannelSubscribe'),
];
