import type { ConnectionEntry, EventEntry, GapEntry, RequestEntry, AnswerEntry } from '../entries.js';
import type { ObjectIds } from '../../contract/notices.js';

type Data = Readonly<Record<string, unknown>>;

/** Parameters that say what a request is about, the most telling first. */
const telling = ['media', 'endpoint', 'dtmf', 'variable', 'reason', 'name', 'extension', 'eventSource', 'app'] as const;

/** Fields of an event that say what it is about, the most telling first. */
const fields: readonly (readonly string[])[] = [
  ['digit'],
  ['playback', 'media_uri'],
  ['recording', 'name'],
  ['variable'],
  ['dialstatus'],
  ['eventname'],
  ['args'],
  ['cause_txt'],
  ['cause'],
  ['device_state', 'state'],
];

/** `play sound:hello-world` */
export function wordsOfRequest({ operation, params }: RequestEntry): string {
  const name = operation.slice(operation.indexOf('.') + 1);
  const what = telling.find((each) => textOf(params[each]) !== '');
  return what === undefined ? name : `${name} ${textOf(params[what])}${valueOf(what, params)}`;
}

/** `204 3 ms` */
export function wordsOfAnswer({ status, ms, attempts, error }: AnswerEntry): string {
  const times = attempts > 1 ? `, ${attempts} attempts` : '';
  return `${status ?? error ?? 'no answer'} ${Math.round(ms)} ms${times}`;
}

/** `ChannelDtmfReceived 1` */
export function wordsOfEvent({ type, event }: EventEntry): string {
  const state = type === 'ChannelStateChange' ? ['channel', 'state'] : undefined;
  const path = state ?? fields.find((each) => textOf(at(event, each)) !== '');
  const text = path === undefined ? '' : textOf(at(event, path));
  return text === '' ? type : `${type} ${text}${valueOf(path?.[0], event)}`;
}

/** `reconnecting in 500 ms, attempt 1: socket hang up` */
export function wordsOfConnection({ state, apps, attempt, delayMs, error }: ConnectionEntry): string {
  const names = apps.length > 0 ? ` (${apps.join(', ')})` : '';
  const when = delayMs === undefined ? '' : ` in ${Math.round(delayMs)} ms`;
  const which = attempt === undefined ? '' : `, attempt ${attempt}`;
  return `event connection ${state}${names}${when}${which}${error === undefined ? '' : `: ${error}`}`;
}

/** `gap of 1200 ms; gone: channel a; left: bridge b` */
export function wordsOfGap({ durationMs, gone, left }: GapEntry): string {
  const found = [
    ['gone', idsOf(gone)],
    ['left', idsOf(left)],
  ].filter(([, ids]) => ids !== '');
  return [`gap of ${Math.round(durationMs)} ms`, ...found.map((each) => each.join(': '))].join('; ');
}

function idsOf({ channels, bridges, playbacks, liveRecordings }: ObjectIds): string {
  const named = [
    ...channels.map((id) => `channel ${id}`),
    ...bridges.map((id) => `bridge ${id}`),
    ...playbacks.map((id) => `playback ${id}`),
    ...liveRecordings.map((id) => `recording ${id}`),
  ];
  return named.join(', ');
}

function valueOf(name: string | undefined, data: Data): string {
  const value = name === 'variable' ? textOf(data['value']) : '';
  return value === '' ? '' : `=${value}`;
}

function at(data: Data, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (value as Data | null | undefined)?.[name], data);
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(textOf).join(',');
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
