/** Where operations are otherwise than documented, or more is to be known of them: see `corrections.ts`. */
import type { Correction, OperationChange } from './correction-types.js';
import { MEDIA_WEBSOCKET, VARIABLES } from './milestones.js';
import type { Form } from './types.js';

/** External media, with the values that must go together. */
const MEDIA_FORMS: readonly Form[] = [
  {
    values: { encapsulation: ['rtp'], transport: ['udp'], connection_type: ['client'], direction: ['both'] },
    needs: ['external_host'],
    without: ['transport_data'],
    rules: { external_host: 'hostPort' },
  },
  {
    values: { encapsulation: ['audiosocket'], transport: ['tcp'], connection_type: ['client'], direction: ['both'] },
    needs: ['external_host', 'data'],
    without: ['transport_data'],
    rules: { external_host: 'hostPort', data: 'uuid' },
  },
  {
    values: { encapsulation: ['none'], transport: ['websocket'], connection_type: ['client'] },
    needs: ['external_host'],
  },
  {
    values: { encapsulation: ['none'], transport: ['websocket'], connection_type: ['server'] },
    without: ['external_host'],
  },
];

export const OPERATION_CORRECTIONS: readonly Correction<OperationChange>[] = [
  ...['originate', 'originateWithId'].flatMap((name) => [
    {
      place: `channels.${name}`,
      change: {
        forms: [
          { needs: ['app'], without: ['extension', 'context', 'priority', 'label'] },
          { needs: ['extension'], without: ['app', 'appArgs'] },
        ],
      },
      reason: 'Give `app`, or `extension`: with `app`, Asterisk drops the place in the dialplan without a word.',
      evidence: 'res/ari/resource_channels.c, ari_channels_handle_originate_with_id; seen on 22.10',
    },
    {
      place: `channels.${name}`,
      change: { conflict: { either: ['label'], or: ['priority'] } },
      reason: '`label` and `priority` are two ways to say the same.',
      evidence: 'res/ari/resource_channels.c: a label outweighs the priority',
    },
  ]),
  ...['snoopChannel', 'snoopChannelWithId'].map((name) => ({
    place: `channels.${name}`,
    change: {
      forms: [
        { values: { spy: ['both', 'out', 'in'] } },
        { values: { spy: ['none'], whisper: ['both', 'out', 'in'] } },
      ],
    },
    reason: 'Either `spy` or `whisper` must have a direction.',
    evidence: 'seen on 22.10: 400 "Direction must be specified for at least spy or whisper"',
  })),
  {
    place: 'channels.externalMedia',
    change: { forms: MEDIA_FORMS },
    reason: 'Encapsulation, transport and connection must fit together.',
    evidence:
      'seen on 22.10: others 400 or 501; `external_host` of a server 500; `direction` and `transport_data` mean nothing without a WebSocket; no `data` for an AudioSocket 400, another than a UUID 500; a host without port 400, with the port 99999 taken',
    documented: MEDIA_WEBSOCKET,
    holds: MEDIA_WEBSOCKET,
  },
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
