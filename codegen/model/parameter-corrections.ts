/** Where parameters are otherwise than documented, or more is to be known of them: see `corrections.ts`. */
import type { Correction, ParameterChange } from './correction-types.js';
import { VARIABLES } from './milestones.js';
import type { KnownWords } from './types.js';

/** What Asterisk makes bridges of, in the order in which it counts. */
const BRIDGE_ATTRIBUTES: KnownWords = {
  values: ['mixing', 'holding', 'dtmf_events', 'proxy_media', 'video_sfu', 'video_single', 'sdp_label'],
  several: true,
  base: ['mixing', 'holding', 'video_sfu'],
  apart: [
    ['mixing', 'holding'],
    ['holding', 'video_sfu'],
    ['video_sfu', 'video_single'],
  ],
};

/** Formats of audio on the wire that a stock Asterisk knows; modules may bring more. */
const WIRE_FORMATS = [
  'ulaw alaw g722 g729 gsm opus speex ilbc g726 siren7 siren14',
  'slin slin12 slin16 slin24 slin32 slin44 slin48 slin96 slin192',
].flatMap((line) => line.split(' '));

/** Formats of files of audio that a stock Asterisk writes; modules may bring more. */
const FILE_FORMATS = [
  'wav wav16 wav49 gsm ulaw alaw g722 g729 ogg opus',
  'sln sln12 sln16 sln24 sln32 sln44 sln48 sln96 sln192',
].flatMap((line) => line.split(' '));

/** What is written to a log; modules may bring more. `*` is everything, `verbose(3)` what is no more detailed. */
const LOG_LEVELS = ['notice', 'warning', 'error', 'debug', 'verbose', 'dtmf', 'fax', 'security', '*'];

/** What can be played. */
const MEDIA_URI = {
  name: 'MediaUri',
  schemes: ['sound', 'recording', 'number', 'digits', 'characters', 'tone'],
} as const;

/** So many seconds are fewer milliseconds than 32 bits hold. */
const MAX_SECONDS = 2_147_483;

const PLAYING = ['channels.play', 'channels.playWithId', 'bridges.play', 'bridges.playWithId'];
const RECORDING = ['channels.record', 'bridges.record'];
const CALLING = ['channels.originate', 'channels.originateWithId', 'channels.create'];
const SNOOPING = ['channels.snoopChannel', 'channels.snoopChannelWithId'];

type Row = Correction<ParameterChange>;

const ARGUMENTS =
  'A list arrives as the same list, whatever its items hold; of a text Asterisk splits and unquotes what it finds.';

/** Texts in whose place something else is taken, and written as Asterisk reads it. */
const CONVERTED: readonly Row[] = [
  {
    place: 'channels.hangup(reason_code)',
    change: { alsoNumber: true, range: { min: 0, max: 127 } },
    reason: 'A cause of Q.850, as a number or its text; Asterisk takes any other number too, which means nothing.',
    evidence: 'res/ari/resource_channels.c: sscanf of the text; seen on 22.10: `17x` is 17, 999999 "Unknown"',
    documented: ['18.0.0', '20.0.0', '21.0.0', '22.0.0', '23.0.0'],
  },
  ...['channels.setChannelVar', 'asterisk.setGlobalVar'].map((operation) => ({
    place: `${operation}(value)`,
    change: { alsoNumber: true as const },
    reason: 'A number is written out.',
    evidence: 'seen on 22.10: a number in JSON counts as no value, and unsets the variable',
  })),
  {
    place: 'bridges.setBridgeVar(value)',
    change: { alsoNumber: true },
    reason: 'A number is written out.',
    evidence: 'seen on 22.10: a number in JSON counts as no value, and unsets the variable',
    documented: VARIABLES,
  },
  ...[...CALLING, ...SNOOPING].map((operation) => ({
    place: `${operation}(appArgs)`,
    change: { args: 'escaped' as const },
    reason: ARGUMENTS,
    evidence: 'main/app.c, the separation of arguments; seen on 16.28 and 22.10, the arguments of StasisStart',
  })),
  {
    place: 'channels.externalMedia(data)',
    change: { args: 'escaped' },
    reason: ARGUMENTS,
    evidence: 'seen on 22.10, the arguments of StasisStart',
    holds: ['18.0.0', '19.0.0', '20.0.0', '21.0.0', '22.0.0', '23.0.0'],
  },
  {
    place: 'channels.move(appArgs)',
    change: { args: 'bare' },
    reason: 'A list arrives as the same list; here Asterisk knows no escapes, so no item may be empty or hold a comma.',
    evidence: 'seen on 16.28 and 22.10, the arguments of StasisStart after a move',
  },
];

/** Texts of which some are known, or all. */
const WORDS: readonly Row[] = [
  ...['create', 'createWithId'].map((name) => ({
    place: `bridges.${name}(type)`,
    change: { words: BRIDGE_ATTRIBUTES },
    reason:
      'One of `mixing`, `holding` and `video_sfu` must be among them; `holding` goes with no other of these, `video_sfu` not with `video_single`.',
    evidence:
      'seen on 22.10: `mixng`, `dtmf_events`, `mixing,holding` 500; `mixing,foo` mixing; `holding,video_sfu` mixing; `video_sfu,video_single` 500',
  })),
  ...CALLING.map((operation) => ({
    place: `${operation}(formats)`,
    change: { words: { values: WIRE_FORMATS, open: true as const, several: true as const } },
    reason: 'Whatever this Asterisk has a codec for.',
    evidence: 'res/ari/resource_channels.c: formats are separated by commas, an unknown one is answered with 400',
  })),
  {
    place: 'channels.externalMedia(format)',
    change: { words: { values: WIRE_FORMATS, open: true } },
    reason: 'Whatever this Asterisk has a codec for.',
    evidence: 'seen on 22.10: `ulaw,alaw` 500',
  },
  ...RECORDING.map((operation) => ({
    place: `${operation}(format)`,
    change: { words: { values: FILE_FORMATS, open: true as const } },
    reason: 'Whatever this Asterisk has a module for.',
    evidence: 'seen on 22.10: an unknown one is answered with 422',
  })),
  {
    place: 'bridges.addChannel(role)',
    change: { words: { values: ['announcer', 'holding_participant'], open: true } },
    reason:
      '`announcer` and `holding_participant` mean something, in a holding bridge; any other is taken and means nothing.',
    evidence: 'bridges/bridge_holding.c; seen on 22.10: any other is taken and means nothing',
  },
  {
    place: 'asterisk.addLog(configuration)',
    change: { words: { values: LOG_LEVELS, open: true, several: true } },
    reason: 'Asterisk leaves out what it does not know.',
    evidence: 'seen on 22.10: `notice,foo` becomes `NOTICE`',
  },
  {
    place: 'channels.transferProgress(states)',
    change: {
      values: { add: ['channel_progress', 'channel_answered', 'channel_unavailable', 'channel_declined'] },
    },
    reason: 'One of these, not several.',
    evidence: 'seen on 22.10: any other is answered with 400',
    documented: ['20.13.0', '21.8.0', '22.3.0', '23.0.0'],
  },
  ...PLAYING.map((operation) => ({
    place: `${operation}(media)`,
    change: { uri: MEDIA_URI },
    reason: 'Anything else is taken, and then neither heard nor ever finished.',
    evidence:
      'res/res_stasis_playback.c, play_on_channel; seen on 22.10: of `hello-world`, `foo:bar`, `SOUND:beep` and `number:abc` PlaybackStarted comes and never PlaybackFinished',
  })),
];

/** Texts of a form of their own. */
const RULES: readonly Row[] = [
  ...[...CALLING, ...SNOOPING, 'channels.externalMedia', 'channels.move'].map((operation) => ({
    place: `${operation}(app)`,
    change: { rule: 'argument' as const },
    reason: 'The name alone, without arguments.',
    evidence: 'seen on 22.10: `a,b` enters `a` with the argument `b`; of a move the channel stays where it is',
  })),
  {
    place: 'channels.sendDTMF(dtmf)',
    change: { rule: 'dtmf', required: true },
    reason: 'Also `f` for a flash; Asterisk leaves out anything else.',
    evidence:
      'main/app.c, dtmf_stream; seen on 22.10: others are left out, with a line in the log; without any, 400 "DTMF is required"',
  },
  ...RECORDING.map((operation) => ({
    place: `${operation}(name)`,
    change: { rule: 'fileName' as const },
    reason: 'Slashes make folders. It must not lead out of the folder of recordings.',
    evidence: 'seen on 22.10: `` and `../x` 500 "Error parsing request"; `a/` is recorded and not stored',
  })),
  {
    place: 'recordings.copyStored(destinationRecordingName)',
    change: { rule: 'fileName' },
    reason: 'Slashes make folders. It must not lead out of the folder of recordings.',
    evidence: 'seen on 22.10: `` 500 "Error building response", `../x` 403',
  },
  ...['originate', 'originateWithId', 'continueInDialplan'].map((name) => ({
    place: `channels.${name}(label)`,
    change: { rule: 'label' as const },
    reason: 'What begins like a number is taken for a priority.',
    evidence: 'res/ari/resource_channels.c: sscanf of the text; seen on 22.10: `2x` is priority 2',
  })),
  ...CALLING.map((operation) => ({
    place: `${operation}(otherChannelId)`,
    change: { onlyFor: { parameter: 'endpoint', beginning: 'Local/' } },
    reason: 'Only a Local channel has another end.',
    evidence: 'main/core_local.c; seen on 22.10: with PJSIP it means nothing',
  })),
];

/** Numbers, and what they may be. */
const RANGES: readonly Row[] = [
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
  ...RECORDING.flatMap((operation) =>
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
    evidence: 'seen on 22.10: any number is stored, -1 as -1 and 4294967297 as 1',
  })),
];

export const PARAMETER_CORRECTIONS: readonly Row[] = [
  ...CONVERTED,
  ...WORDS,
  ...RULES,
  ...RANGES,
  ...['channels.mute', 'channels.unmute'].map((operation) => ({
    place: `${operation}(direction)`,
    change: { required: true, noDefault: true as const },
    reason: 'Asterisk refuses the request without it, whatever default is documented.',
    evidence: 'res/ari/resource_channels.c:444,486',
  })),
  {
    place: 'channels.externalMedia(direction)',
    change: { values: { add: ['both', 'in', 'out'] } },
    reason: 'All three directions are accepted, of media over a WebSocket.',
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
