/**
 * Where Asterisk's documents are wrong about the wire: every difference that the generated bindings know of, with its
 * reason. `correct.ts` applies them; a row whose place is gone from documents that should have it is warned of.
 */
import type {
  Correction,
  CorrectionTables,
  ModelAddition,
  ModelChange,
  OperationChange,
  ParameterChange,
  PropertyChange,
  Releases,
} from './correction-types.js';
import type { TypeRef } from './types.js';

const STRINGS: TypeRef = { kind: 'map', of: 'string' };
const TEXT: TypeRef = { kind: 'primitive', name: 'string' };

/** The fields of the media experience score. */
const SCORES: readonly (readonly [name: string, description: string])[] = [
  ['txmes', 'Media experience score of what was sent, from 0 to 100.'],
  ['rxmes', 'Media experience score of what was received, from 0 to 100.'],
  ...[['remote', 'that the other end has reported'] as const, ['local', 'of what was received'] as const].flatMap(
    ([side, which]) => [
      [`${side}_maxmes`, `The best media experience score ${which}.`] as const,
      [`${side}_minmes`, `The worst media experience score ${which}.`] as const,
      [`${side}_normdevmes`, `Mean of the media experience scores ${which}.`] as const,
      [`${side}_stdevmes`, `Standard deviation of the media experience scores ${which}.`] as const,
    ],
  ),
];

/** What Asterisk makes bridges of. */
const BRIDGE_ATTRIBUTES = [
  'mixing',
  'holding',
  'dtmf_events',
  'proxy_media',
  'video_sfu',
  'video_single',
  'sdp_label',
] as const;

/** Formats of audio that a stock Asterisk knows; modules may bring more. */
const FORMATS =
  'ulaw alaw g722 g729 gsm opus speex ilbc g726 siren7 siren14 slin slin12 slin16 slin24 slin32 slin44 slin48 slin96 slin192'.split(
    ' ',
  );

/** What can be played. */
const MEDIA_SCHEMES = ['sound', 'recording', 'number', 'digits', 'characters', 'tone'] as const;

/** So many seconds are fewer milliseconds than 32 bits hold. */
const MAX_SECONDS = 2_147_483;

/** Why there is a model more. */
const UNTOLD = 'The documents call it an object and say no more.';

/** Where models of an event filter are needed. */
const FILTERS = ['Application.events_allowed', 'Application.events_disallowed', 'applications.filter(filter)'];

const CHANNEL_TRANSFER: Releases = ['20.13.0', '21.8.0', '22.3.0', '23.0.0'];
const VARIABLES: Releases = ['20.20.0', '22.10.0', '23.4.0'];

/** Properties that are documented, but otherwise than they are sent. */
export const PROPERTY_CORRECTIONS: readonly Correction<PropertyChange>[] = [
  {
    place: 'Channel.state',
    change: { values: { add: ['Rsrvd', 'Mute'], drop: ['Rsrved'] } },
    reason: 'Asterisk sends `Rsrvd`, never `Rsrved`; `Mute` and `Unknown (N)` occur as well.',
    evidence: 'main/channel.c:637-669',
  },
  {
    place: 'Channel.channelvars',
    change: { type: STRINGS },
    reason: 'A map of variable names to their values as text.',
    evidence: 'main/stasis_channels.c, snapshot to JSON',
    corpus: '22.10.1/answers/channels.externalMedia.json',
  },
  ...['context', 'exten', 'priority', 'app_name', 'app_data'].map((property) => ({
    place: `DialplanCEP.${property}`,
    change: { nullable: true },
    reason: 'Null while the channel has no place in the dialplan.',
    evidence: 'main/json.c:653-662',
  })),
  {
    place: 'Bridge.video_mode',
    change: { optional: false, values: { add: ['none', 'talker', 'single', 'sfu'] } },
    reason: 'Always sent. The documents leave the values open; these four exist.',
    evidence: 'main/bridge.c:4160',
    corpus: '22.10.1/answers/bridges.list.json',
  },
  {
    place: 'Bridge.bridgevars',
    change: { type: STRINGS },
    reason: 'A map of variable names to their values as text.',
    evidence: 'main/stasis_bridges.c:755-794',
    corpus: '22.10.1/answers/bridges.get.json',
    documented: VARIABLES,
  },
  {
    place: 'Variables.variables',
    change: { type: STRINGS },
    reason: 'A map of variable names to their values as text.',
    evidence: 'res/ari/resource_channels.c, reading of several variables',
    corpus: '22.10.1/answers/channels.getChannelVars.json',
    documented: VARIABLES,
  },
  {
    place: 'TextMessage.variables',
    change: { type: STRINGS },
    reason: 'A map of variable names to their values as text.',
    evidence: 'res/res_stasis.c, message to JSON',
    corpus: '22.10.1/events/TextMessageReceived.json',
  },
  {
    place: 'Playback.state',
    change: { values: { add: ['paused', 'done', 'failed'] } },
    reason: '`paused` is sent too; a finished playback is `done` or `failed`.',
    evidence: 'res/res_stasis_playback.c:104-113',
    corpus: '22.10.1/answers/playbacks.get.json',
  },
  {
    place: 'Playback.language',
    change: { optional: false },
    reason: 'Always sent.',
    evidence: 'res/res_stasis_playback.c, playback to JSON',
    corpus: '22.10.1/answers/playbacks.get.json',
  },
  {
    place: 'Playback.next_media_uri',
    change: { remark: true },
    reason: 'In `PlaybackContinuing` this is what comes; `media_uri` is what has ended.',
    evidence: 'seen on 16.28 and 22.10',
    corpus: '22.10.1/events/PlaybackContinuing.json',
  },
  {
    place: 'LiveRecording.state',
    change: { remark: true },
    reason: 'A recording that is cancelled ends as `done`, like any other; only its file is gone.',
    evidence: 'seen on 16.28 and 22.10',
    corpus: '22.10.1/events/RecordingFinished.json',
  },
  {
    place: 'Endpoint.state',
    change: { optional: false },
    reason: 'Always sent.',
    evidence: 'main/stasis_endpoints.c, snapshot to JSON',
    corpus: '22.10.1/answers/endpoints.list.json',
  },
  {
    place: 'SystemInfo.version',
    change: { remark: true },
    reason: 'Begins with the release; distributions append to it: `22.10.1+dfsg…`, `16.28.0~dfsg…`.',
    evidence: 'seen on Debian’s packages of both',
    corpus: '22.10.1/answers/asterisk.getInfo.json',
  },
  {
    place: 'BridgeAttendedTransfer.destination_type',
    change: { values: { add: ['bridge', 'application', 'link', 'threeway', 'fail'] } },
    reason: 'The documents leave the values open; these five exist.',
    evidence: 'main/stasis_bridges.c, attended transfer to JSON',
    corpus: '22.10.1/events/BridgeAttendedTransfer.json',
  },
  ...['BridgeAttendedTransfer', 'BridgeBlindTransfer'].map((event) => ({
    place: `${event}.result`,
    change: { values: { add: ['Success', 'Fail', 'Invalid', 'Not Permitted'] } },
    reason: 'The documents leave the values open; these four exist.',
    evidence: 'main/stasis_bridges.c, names of results',
    corpus: `22.10.1/events/${event}.json`,
  })),
  {
    place: 'Application.device_names',
    change: { optional: true },
    reason: 'Absent unless the module res_stasis_device_state is loaded.',
    evidence: 'res/stasis/app.c:1240-1290',
  },
  ...['events_allowed', 'events_disallowed'].map((property) => ({
    place: `Application.${property}`,
    change: { type: { kind: 'list', of: { kind: 'model', name: 'EventFilterEntry' } } as const },
    reason: 'Each entry names one type of event.',
    evidence: 'res/stasis/app.c:1670-1780',
    corpus: '22.10.1/answers/applications.filter.json',
  })),
  {
    place: 'Message.asterisk_id',
    change: { optional: false },
    reason: 'Every message has it.',
    evidence: 'res/ari/ari_websockets.c:128-139',
  },
  {
    place: 'AsteriskPing.timestamp',
    change: { type: { kind: 'primitive', name: 'date' } },
    reason: 'A date in the format of all others.',
    evidence: 'res/ari/resource_asterisk.c:643',
    corpus: '22.10.1/answers/asterisk.ping.json',
  },
  {
    place: 'ChannelEnteredBridge.channel',
    change: { optional: false },
    reason: 'Always sent.',
    evidence: 'main/stasis_bridges.c, blob of a channel that enters',
    corpus: '22.10.1/events/ChannelEnteredBridge.json',
  },
  {
    place: 'ChannelHold.musicclass',
    change: { optional: false },
    reason: 'Always sent; `N/A` where there is no class.',
    evidence: 'main/stasis_channels.c:1610-1622',
    corpus: '22.10.1/events/ChannelHold.json',
  },
  ...['forward', 'dialstring'].map((property) => ({
    place: `Dial.${property}`,
    change: { optional: false },
    reason: 'Always sent; empty where there is nothing to say.',
    evidence: 'main/stasis_channels.c:631-677',
    corpus: '22.10.1/events/Dial.json',
  })),
  ...['port', 'time'].map((property) => ({
    place: `Peer.${property}`,
    change: { alsoNumber: true as const },
    reason: 'A number for IAX2 and chan_sip peers.',
    evidence: 'channels/chan_iax2.c:9276,11338-11347',
  })),
  ...['caller', 'called'].map((property) => ({
    place: `CallBroadcast.${property}`,
    change: { optional: false },
    reason: 'Always sent; may be empty.',
    evidence: 'res/res_stasis_broadcast.c',
    corpus: '22.10.1/events/CallBroadcast.json',
    documented: VARIABLES,
  })),
  {
    place: 'RequiredDestination.destination',
    change: { optional: false },
    reason: 'Always sent.',
    evidence: 'main/stasis_channels.c, blob of a transfer',
    corpus: '22.10.1/events/ChannelTransfer.json',
    documented: CHANNEL_TRANSFER,
  },
];

/** Properties that are sent though no document has them. */
export const MODEL_CORRECTIONS: readonly Correction<ModelChange>[] = [
  {
    place: 'Endpoint',
    change: {
      add: [
        {
          name: 'max_channels',
          type: { kind: 'primitive', name: 'int' },
          optional: true,
          description: 'How many channels the endpoint may have at once.',
        },
      ],
    },
    reason: 'Sent, though not documented, where the endpoint has a limit.',
    evidence: 'main/stasis_endpoints.c:422',
  },
  {
    place: 'RTPstat',
    change: {
      add: SCORES.map(([name, description]) => ({
        name,
        type: { kind: 'primitive', name: 'double' },
        optional: true,
        description,
      })),
    },
    reason: 'Sent, though not documented.',
    evidence: 'main/rtp_engine.c, statistics to JSON',
    corpus: '22.10.1/answers/channels.rtpStatistics.json',
  },
];

/** Models for what the documents call an object and no more. */
export const MODEL_ADDITIONS: readonly ModelAddition[] = [
  {
    name: 'EventFilterEntry',
    description: 'One type of event in an application’s filter.',
    properties: [
      {
        name: 'type',
        type: TEXT,
        optional: false,
        description: 'Name of the type, such as `StasisStart`; not checked.',
      },
    ],
    reason: UNTOLD,
    evidence: 'res/stasis/app.c:1670-1780',
    for: FILTERS,
  },
  {
    name: 'EventFilter',
    description:
      'What an application’s filter is set with: a list that is absent stays as it was, no list at all resets both.',
    properties: [
      ['allowed', 'Types of events that pass; with an empty list all do.'] as const,
      ['disallowed', 'Types of events that are held back, even where `allowed` has them.'] as const,
    ].map(([name, description]) => ({
      name,
      type: { kind: 'list', of: { kind: 'model', name: 'EventFilterEntry' } },
      optional: true,
      description,
    })),
    reason: UNTOLD,
    evidence: 'res/stasis/app.c:1670-1780',
    for: FILTERS,
  },
];

export const PARAMETER_CORRECTIONS: readonly Correction<ParameterChange>[] = [
  ...['channels.mute', 'channels.unmute'].map((operation) => ({
    place: `${operation}(direction)`,
    change: { required: true, noDefault: true as const },
    reason: 'Asterisk refuses the request without it, whatever default is documented.',
    evidence: 'res/ari/resource_channels.c:444,486',
  })),
  {
    place: 'channels.hangup(reason_code)',
    change: { alsoNumber: true },
    reason: 'A number will do as well.',
    evidence: 'res/ari/resource_channels.c: read by sscanf from a text',
    documented: ['18.0.0', '20.0.0', '21.0.0', '22.0.0', '23.0.0'],
  },
  ...['create', 'createWithId'].map((name) => ({
    place: `bridges.${name}(type)`,
    change: { words: { values: BRIDGE_ATTRIBUTES } },
    reason: 'Other words are ignored, or answered with 500.',
    evidence: 'seen on 22.10: `mixng` 500, `mixing,foo` creates a mixing bridge',
  })),
  ...['originate', 'originateWithId', 'create'].map((name) => ({
    place: `channels.${name}(formats)`,
    change: { words: { values: FORMATS, open: true as const } },
    reason: 'A list will do as well.',
    evidence: 'res/ari/resource_channels.c: formats are separated by commas',
  })),
  {
    place: 'channels.externalMedia(format)',
    change: { words: { values: FORMATS, open: true } },
    reason: 'A list will do as well.',
    evidence: 'res/ari/resource_channels.c: formats are separated by commas',
  },
  ...['channels.play', 'channels.playWithId', 'bridges.play', 'bridges.playWithId'].map((operation) => ({
    place: `${operation}(media)`,
    change: { schemes: MEDIA_SCHEMES },
    reason: 'Without one of these schemes nothing is heard, and the playback fails.',
    evidence: 'res/res_stasis_playback.c, play_uri; seen on 22.10',
  })),
  ...['originate', 'originateWithId', 'create', 'snoopChannel', 'snoopChannelWithId'].map((name) => ({
    place: `channels.${name}(appArgs)`,
    change: { args: 'escaped' as const },
    reason:
      'A list arrives as the same list, whatever its items hold; of a text Asterisk splits and unquotes what it finds.',
    evidence: 'seen on 22.10, the arguments of StasisStart',
  })),
  {
    place: 'channels.externalMedia(data)',
    change: { args: 'escaped' },
    reason:
      'A list arrives as the same list, whatever its items hold; of a text Asterisk splits and unquotes what it finds.',
    evidence: 'seen on 22.10, the arguments of StasisStart',
    holds: ['18.0.0', '19.0.0', '20.0.0', '21.0.0', '22.0.0', '23.0.0'],
  },
  {
    place: 'channels.move(appArgs)',
    change: { args: 'bare' },
    reason: 'A list arrives as the same list; here Asterisk knows no escapes, so no item may be empty or hold a comma.',
    evidence: 'seen on 22.10, the arguments of StasisStart after a move',
  },
  ...['originate', 'originateWithId'].flatMap((name) => [
    {
      place: `channels.${name}(timeout)`,
      change: { range: { min: -1, max: MAX_SECONDS } },
      reason: 'Asterisk counts it in milliseconds, in 32 bits.',
      evidence: 'res/ari/resource_channels.c: timeout * 1000 in an int',
    },
    {
      place: `channels.${name}(priority)`,
      change: { range: { min: 1 } },
      reason: 'The first priority of an extension is 1; 0 counts as none given.',
      evidence: 'res/ari/resource_channels.c',
    },
  ]),
  {
    place: 'channels.continueInDialplan(priority)',
    change: { range: { min: 1 } },
    reason: 'The first priority of an extension is 1; 0 counts as none given.',
    evidence: 'res/ari/resource_channels.c',
  },
  ...['before', 'between', 'duration', 'after'].map((parameter) => ({
    place: `channels.sendDTMF(${parameter})`,
    change: { range: { min: 0 } },
    reason: 'With less, Asterisk takes it for 49 days, and the channel can no longer be hung up.',
    evidence: 'seen on 22.10 three times, `before: -1`',
  })),
  ...['channels.play', 'channels.playWithId'].flatMap((operation) =>
    ['offsetms', 'skipms'].map((parameter) => ({
      place: `${operation}(${parameter})`,
      change: { range: { min: 0 } },
      reason: 'Not negative, as for bridges.',
      evidence: 'res/res_stasis_playback.c',
    })),
  ),
  ...['channels.record', 'bridges.record'].flatMap((operation) =>
    ['maxDurationSeconds', 'maxSilenceSeconds'].map((parameter) => ({
      place: `${operation}(${parameter})`,
      change: { range: { min: 0, max: MAX_SECONDS } },
      reason: 'Asterisk counts it in milliseconds, in 32 bits.',
      evidence: 'res/res_stasis_recording.c',
    })),
  ),
  {
    place: 'channels.dial(timeout)',
    change: { range: { min: 0, max: MAX_SECONDS } },
    reason: 'Asterisk counts it in milliseconds, in 32 bits.',
    evidence: 'res/ari/resource_channels.c',
  },
  ...['oldMessages', 'newMessages'].map((parameter) => ({
    place: `mailboxes.update(${parameter})`,
    change: { range: { min: 0 } },
    reason: 'A number of messages.',
    evidence: 'res/res_mwi_external_ami.c refuses others; ARI stores them',
  })),
  {
    place: 'channels.externalMedia(direction)',
    change: { values: { add: ['both', 'in', 'out'] } },
    reason: 'All three directions are accepted.',
    evidence: 'res/ari/resource_channels.c:2674-2681',
    holds: ['20.19.0', '22.9.0', '23.3.0'],
  },
  {
    place: 'applications.filter(filter)',
    change: { type: { kind: 'model', name: 'EventFilter' }, required: true },
    reason: 'An object with two lists, both optional; without a body the request is refused.',
    evidence: 'res/stasis/app.c:1670-1780',
  },
  {
    place: 'asterisk.updateObject(fields)',
    change: { required: true },
    reason: 'Asterisk refuses the request without a body.',
    evidence: 'res/ari/resource_asterisk.c',
  },
  {
    place: 'bridges.create(bridgeId)',
    change: { in: 'path', required: false, generated: true },
    reason: 'A unique id is made where none is given.',
    evidence: 'res/ari/resource_bridges.c:1144-1155',
    holds: VARIABLES,
  },
];

export const OPERATION_CORRECTIONS: readonly Correction<OperationChange>[] = [
  ...['originate', 'originateWithId'].flatMap((name) => [
    {
      place: `channels.${name}`,
      change: { conflict: { either: ['app', 'appArgs'], or: ['extension', 'context', 'priority', 'label'] } },
      reason: 'With `app`, Asterisk drops the place in the dialplan without a word: give one or the other.',
      evidence: 'res/ari/resource_channels.c, ari_channels_handle_originate_with_id; seen on 22.10',
    },
    {
      place: `channels.${name}`,
      change: { conflict: { either: ['label'], or: ['priority'] } },
      reason: '`label` and `priority` are two ways to say the same.',
      evidence: 'res/ari/resource_channels.c: a label outweighs the priority',
    },
  ]),
  ...['originate', 'originateWithId', 'create'].map((name) => ({
    place: `channels.${name}`,
    change: { conflict: { either: ['formats'], or: ['originator'] } },
    reason: 'The formats are those of the originator, where there is one.',
    evidence: 'res/ari/resource_channels.c: 400 "Originator and formats can\'t both be specified"',
  })),
  {
    place: 'channels.continueInDialplan',
    change: { conflict: { either: ['label'], or: ['priority'] } },
    reason: '`label` and `priority` are two ways to say the same.',
    evidence: 'res/ari/resource_channels.c: a label outweighs the priority',
  },
  {
    place: 'channels.hangup',
    change: { conflict: { either: ['reason'], or: ['reason_code'] } },
    reason: 'Give `reason` or `reason_code`.',
    evidence: 'res/ari/resource_channels.c: 400 with both',
    documented: ['18.0.0', '20.0.0', '21.0.0', '22.0.0', '23.0.0'],
  },
  {
    place: 'bridges.create',
    change: { sendPath: '/bridges/{bridgeId}' },
    reason:
      'Sent to the path of the new bridge: under /bridges, Asterisk takes every key of the body for a variable of the bridge and refuses real ones.',
    evidence: 'res/ari/resource_bridges.c:1144-1155',
    holds: VARIABLES,
  },
  {
    place: 'events.claimChannel',
    change: { since: VARIABLES, errors: [400, 501] },
    reason: 'It came later than documented; 501 without the module res_stasis_broadcast.',
    evidence: 'res/ari/resource_events.c',
    documented: VARIABLES,
  },
  ...['channels.mute', 'channels.unmute'].map((place) => ({
    place,
    change: { errors: [400] },
    reason: '400 without a direction.',
    evidence: 'res/ari/resource_channels.c:444,486',
  })),
  {
    place: 'channels.rtpStatistics',
    change: { errors: [403] },
    reason: '403 for a channel whose technology has no RTP, such as Local.',
    evidence: 'res/ari/resource_channels.c:2388-2396',
    corpus: '22.10.1/answers/channels.rtpStatistics.json',
  },
  {
    place: 'recordings.stop',
    change: { errors: [409] },
    reason: '409 for a recording in a state that has nothing to stop.',
    evidence: 'res/ari/resource_recordings.c',
  },
  {
    place: 'sounds.get',
    change: { errors: [404] },
    reason: '404 for a sound that does not exist.',
    evidence: 'res/ari/resource_sounds.c',
    corpus: '22.10.1/answers/sounds.get.json',
  },
  {
    place: 'recordings.copyStored',
    change: { errors: [400, 403] },
    reason: '400 and 403 for a destination that cannot be.',
    evidence: 'res/ari/resource_recordings.c',
  },
];

export const CORRECTIONS: CorrectionTables = {
  properties: PROPERTY_CORRECTIONS,
  models: MODEL_CORRECTIONS,
  additions: MODEL_ADDITIONS,
  parameters: PARAMETER_CORRECTIONS,
  operations: OPERATION_CORRECTIONS,
};
