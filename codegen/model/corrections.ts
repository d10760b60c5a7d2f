/**
 * Where Asterisk's documents are wrong about the wire: every difference that the generated bindings know of, with its
 * reason. `correct.ts` applies them; a row whose place is gone from documents that should have it is warned of.
 */
import type { Correction, CorrectionTables, ModelAddition, ModelChange, PropertyChange } from './correction-types.js';
import { CHANNEL_TRANSFER, VARIABLES } from './milestones.js';
import { OPERATION_CORRECTIONS } from './operation-corrections.js';
import { PARAMETER_CORRECTIONS } from './parameter-corrections.js';
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

/** Why there is a model more. */
const UNTOLD = 'The documents call it an object and say no more.';

/** Where models of an event filter are needed. */
const FILTERS = ['Application.events_allowed', 'Application.events_disallowed', 'applications.filter(filter)'];

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
const MODEL_CORRECTIONS: readonly Correction<ModelChange>[] = [
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

export const CORRECTIONS: CorrectionTables = {
  properties: PROPERTY_CORRECTIONS,
  models: MODEL_CORRECTIONS,
  additions: MODEL_ADDITIONS,
  parameters: PARAMETER_CORRECTIONS,
  operations: OPERATION_CORRECTIONS,
};
