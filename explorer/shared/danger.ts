import type { OperationForm } from './operation.js';

/** What another operation takes back, and what is done within a call that the application has anyway. */
const HARMLESS: ReadonlySet<string> = new Set([
  'applications.subscribe',
  'bridges.addChannel',
  'bridges.clearVideoSource',
  'bridges.create',
  'bridges.createWithId',
  'bridges.play',
  'bridges.playWithId',
  'bridges.record',
  'bridges.removeChannel',
  'bridges.setBridgeVar',
  'bridges.setBridgeVars',
  'bridges.setVideoSource',
  'bridges.startMoh',
  'bridges.stopMoh',
  'channels.answer',
  'channels.hold',
  'channels.mute',
  'channels.play',
  'channels.playWithId',
  'channels.progress',
  'channels.record',
  'channels.ring',
  'channels.ringStop',
  'channels.sendDTMF',
  'channels.setChannelVar',
  'channels.setChannelVars',
  'channels.snoopChannel',
  'channels.snoopChannelWithId',
  'channels.startMoh',
  'channels.startSilence',
  'channels.stopMoh',
  'channels.stopSilence',
  'channels.unhold',
  'channels.unmute',
  'events.userEvent',
  'playbacks.control',
  'recordings.copyStored',
  'recordings.mute',
  'recordings.pause',
  'recordings.unmute',
  'recordings.unpause',
]);

/** Why one should think twice, by what an operation is. One that fits nothing is of a branch that we do not know yet. */
const DANGERS: readonly (readonly [operations: RegExp, danger: string])[] = [
  [/^asterisk\./, 'It changes Asterisk itself: its configuration, modules, variables or log.'],
  [
    /^(deviceStates|mailboxes)\.update$/,
    'It changes what Asterisk keeps and telephones show, and what was there before is lost.',
  ],
  [
    /^applications\.(unsubscribe|filter)$/,
    'It changes what an application hears, which may be at work: events that it misses do not come again.',
  ],
  [
    /^channels\.(originate|originateWithId|create|dial|externalMedia|redirect|transferProgress)$|^endpoints\./,
    'It reaches out of Asterisk: it may ring a telephone, or send something to one.',
  ],
  [
    /^channels\.(continueInDialplan|move)$|^events\.claimChannel$/,
    'It hands a call over to the dialplan or to an application, which cannot be undone.',
  ],
  [/\.(hangup|destroy|stop|cancel|delete\w*)$/, 'It ends or deletes something, which cannot be undone.'],
  [/./, 'It may change what cannot be changed back.'],
];

/** Functions of the dialplan of which it is known that they only tell something. */
const TELLING =
  /^(?:CALLERID|CDR|CHANNEL|CONNECTEDLINE|DB|DEVICE_STATE|EXTENSION_STATE|HINT|LEN|PJSIP_AOR|PJSIP_CONTACT|PJSIP_ENDPOINT|REDIRECTING|STRFTIME|TIMEOUT|VERSION)\([^(){}$]*\)$/;

/**
 * Why one should think twice before an operation; nothing for one that is harmless. Asked about is what ends, deletes,
 * overwrites or hands over something, reaches out, or changes Asterisk. A read-only explorer does none of that.
 */
export function dangerOf(
  { id, method }: Pick<OperationForm, 'id' | 'method'>,
  params: Readonly<Record<string, unknown>>,
): string | undefined {
  if (method === 'GET') return dangerOfReading(id, params);
  if (HARMLESS.has(id)) return dangerOfParams(id, params);
  return DANGERS.find(([operations]) => operations.test(id))?.[1];
}

function dangerOfParams(id: string, { ifExists, variable, variables }: Readonly<Record<string, unknown>>) {
  if (id.endsWith('.record') && ifExists !== undefined && ifExists !== 'fail') {
    return 'It changes a recording that is there already, which cannot be undone.';
  }
  const names = [typeof variable === 'string' ? variable : '', ...Object.keys(variables ?? {})];
  if (/\.set\w+Vars?$/.test(id) && names.some((name) => name.includes('('))) {
    return 'It sets a function of the dialplan, which may change more than a variable, such as the database of Asterisk.';
  }
  return undefined;
}

/** What is read may be a function of the dialplan, and these may do anything: run a program, delete from the database. */
function dangerOfReading(id: string, { variable, variables }: Readonly<Record<string, unknown>>): string | undefined {
  if (!/\.get\w+Vars?$/.test(id)) return undefined;
  // A list goes to Asterisk with commas between.
  const names = [
    variable === undefined ? [] : textOf(variable),
    [variables ?? []].flat().flatMap((each) => textOf(each).split(',')),
  ];
  return names.flat().some((name) => /[()]/.test(name) && !TELLING.test(name.trim()))
    ? 'It reads a function of the dialplan, which may do more than tell something, such as run a program or delete from the database of Asterisk.'
    : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
