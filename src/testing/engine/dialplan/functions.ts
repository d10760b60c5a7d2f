import { type CallerId, parseCallerId } from '../caller-id.js';
import type { Channel } from '../channels/channel.js';
import { localPeer } from '../channels/local.js';
import { writeTalkDetect } from '../channels/talk-detector.js';
import type { Engine } from '../parts.js';

/** Functions that may be written although they do nothing to the double's channels; what is written can be read. */
const KEPT = new Set(
  'AGC CDR CHANNEL CONFBRIDGE DB DENOISE GROUP HASH HOLD_INTERCEPT JITTERBUFFER PITCH_SHIFT PJSIP_HEADER PJSIP_TRANSFER_HANDLING REDIRECTING SHARED TIMEOUT TONE_DETECT VOLUME'.split(
    ' ',
  ),
);

interface Call {
  readonly name: string;
  readonly argument: string;
}

function parse(text: string): Call | undefined {
  const match = /^(\w+)\((.*)\)$/s.exec(text);
  return match ? { name: match[1] ?? '', argument: match[2] ?? '' } : undefined;
}

/** The value of `NAME(argument)`; `undefined` if it cannot be read. */
export function readFunction(engine: Engine, channel: Channel, text: string): string | undefined {
  const call = parse(text);
  if (!call) return undefined;
  const { name, argument } = call;
  if (name === 'CALLERID') return readParty(channel.caller, argument);
  if (name === 'CONNECTEDLINE') return readParty(channel.connected, argument);
  if (name === 'CHANNEL') return CHANNEL_ITEMS.get(argument)?.(channel) ?? channel.functions.get(text);
  if (name === 'GLOBAL') return engine.globals.get(argument) ?? '';
  if (name === 'LEN') return String(argument.length);
  if (name === 'ENV') return '';
  return KEPT.has(name) ? (channel.functions.get(text) ?? '') : undefined;
}

export function isWritableFunction(text: string): boolean {
  const name = parse(text)?.name ?? '';
  return KEPT.has(name) || ['CALLERID', 'CONNECTEDLINE', 'GLOBAL', 'TALK_DETECT'].includes(name);
}

/** Writes a function that can be written. */
export function writeFunction(engine: Engine, channel: Channel, text: string, value: string): void {
  const { name = '', argument = '' } = parse(text) ?? {};
  const { channels } = engine;
  if (name === 'CALLERID') channels.setCaller(channel, writeParty(channel.caller, argument, value));
  else if (name === 'CONNECTEDLINE')
    writeConnectedLine(engine, channel, writeParty(channel.connected, argument, value));
  else if (name === 'GLOBAL') engine.globals.set(argument, value);
  else if (name === 'TALK_DETECT') writeTalkDetect(engine, channel, argument, value);
  else if (name === 'CHANNEL') writeChannelItem(engine, channel, argument, value);
  else channel.functions.set(text, value);
}

/** Writes a function where there is no channel: most do nothing then. */
export function writeGlobalFunction(engine: Engine, text: string, value: string): void {
  const { name = '', argument = '' } = parse(text) ?? {};
  if (name === 'GLOBAL') engine.globals.set(argument, value);
}

/** Whoever a half of a Local channel talks to calls the other half; that shows there with the next change only. */
function writeConnectedLine(engine: Engine, channel: Channel, connected: CallerId): void {
  const half = localPeer(channel);
  if (half) half.caller = connected;
  engine.channels.setConnected(channel, connected);
}

function writeChannelItem(engine: Engine, channel: Channel, item: string, value: string): void {
  const half = localPeer(channel);
  if (item === 'language') {
    for (const one of [channel, half]) if (one) one.language = value;
  } else if (item === 'accountcode') channel.accountcode = value;
  else channel.functions.set(`CHANNEL(${item})`, value);
  for (const one of [channel, half]) if (one) engine.channels.update(one);
}

/** What stands after a comma says who is told of it: here everybody always is. */
function writeParty(party: CallerId, argument: string, value: string): CallerId {
  const [datum] = argument.split(',');
  if (datum === 'num' || datum === 'number') return { ...party, number: value };
  if (datum === 'name') return { ...party, name: value };
  return datum === 'all' ? parseCallerId(value) : party;
}

function readParty(party: CallerId, argument: string): string {
  if (argument === 'num' || argument === 'number') return party.number;
  if (argument === 'name') return party.name;
  return argument === 'all' ? `"${party.name}" <${party.number}>` : '';
}

const CHANNEL_ITEMS = new Map<string, (channel: Channel) => string>(
  Object.entries({
    name: ({ name }) => name,
    state: ({ state }) => state,
    uniqueid: ({ id }) => id,
    linkedid: ({ id }) => id,
    language: ({ language }) => language,
    accountcode: ({ accountcode }) => accountcode,
    channeltype: ({ technology }) => technology,
  }),
);
