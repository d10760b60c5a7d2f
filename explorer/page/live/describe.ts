import type { Entry } from '../../shared/entry.js';
import { objectsOf } from '../../shared/selection.js';
import { shownText } from '../ui/shown.js';
import { idOf } from './lanes.js';
import { log } from './log.js';

/** How a row looks: what kind of thing it is, and whether it went wrong. */
export type Tone = 'request' | 'answer' | 'failure' | 'event' | 'notice' | 'trouble';

export function toneOf(entry: Entry): Tone {
  switch (entry.kind) {
    case 'request':
      return 'request';
    case 'answer':
      return entry.error === undefined ? 'answer' : 'failure';
    case 'event':
      return 'event';
    case 'connection':
      return entry.state === 'open' || entry.state === 'connecting' ? 'notice' : 'trouble';
    default:
      return 'trouble';
  }
}

/** The words on its arrow. */
export function labelOf(entry: Entry): string {
  return shownText(wordsOf(entry));
}

function wordsOf(entry: Entry): string {
  switch (entry.kind) {
    case 'request':
      return entry.operation;
    case 'answer':
      return `${entry.status ?? 'no answer'} · ${round(entry.ms)} ms${entry.attempts > 1 ? ` · ${entry.attempts} attempts` : ''}`;
    case 'event':
      return entry.type;
    case 'connection':
      return `connection ${entry.state}`;
    case 'gap':
      return `gap of ${round(entry.durationMs / 1000)} s: what happened in it was not heard`;
    case 'dropped':
      return `${entry.count} entries were let go before this`;
    default:
      return entry.kind;
  }
}

/** What is worth knowing besides. */
export function remarkOf(entry: Entry): string {
  return shownText(saidOf(entry));
}

function saidOf(entry: Entry): string {
  if (entry.kind === 'answer') return entry.error ?? '';
  if (entry.kind === 'request') return paramsText(entry.params);
  return entry.kind === 'event' ? detailOf(entry.event) : '';
}

/** Names of the objects that it is about, as far as they are known. */
export function aboutText(entry: Entry): string {
  const call = log.callOf.get(entry);
  const objects = objectsOf(entry);
  const telling = objects.filter((object) => call?.names.has(object));
  return (telling.length > 0 ? telling : objects)
    .map((object) => call?.names.get(object) ?? shownText(shortOf(object)))
    .join(', ');
}

/** `01:23:45.678` of the day here. */
export function clock(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const ms = String(Math.floor(at % 1000)).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`;
}

/** Fields that say what an event is about, if it has them. */
const telling = ['digit', 'dialstatus', 'cause_txt', 'variable', 'value', 'eventname', 'dialplan_app', 'state'];

function detailOf(event: Readonly<Record<string, unknown>>): string {
  const own = telling.flatMap((field) => {
    const value = event[field];
    return typeof value === 'string' && value !== '' ? [value] : [];
  });
  const { channel, playback, recording } = event as Readonly<
    Record<string, Readonly<Record<string, unknown>> | undefined>
  >;
  const media = playback?.['media_uri'] ?? recording?.['name'];
  if (typeof media === 'string') own.push(media);
  const state = event['type'] === 'ChannelStateChange' ? channel?.['state'] : undefined;
  if (typeof state === 'string') own.push(state);
  return own.join(' ');
}

function paramsText(params: Readonly<Record<string, unknown>>): string {
  return Object.entries(params)
    .filter(([name]) => !/^(channelId|bridgeId|playbackId)$/.test(name))
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

/** `playback 02350771` */
function shortOf(object: string): string {
  return `${object.slice(0, object.indexOf(':'))} ${idOf(object)
    .slice(0, 20)
    .replace(/^([0-9a-f]{8})-.*/, '$1')}`;
}

function round(ms: number): number {
  return ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms);
}
