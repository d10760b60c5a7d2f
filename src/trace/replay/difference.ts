import type { AnswerEntry, EventEntry, RequestEntry, TraceEntry } from '../entries.js';
import { wordsOfEvent, wordsOfRequest } from '../picture/words.js';

/**
 * How the application did otherwise than in the record: a request is `missing`, `additional`, `other` (for the same thing,
 * with other parameters), `early` (before what it was an answer to), `late` or in another `order` than what it had to wait
 * for; its `outcome` is another one; or what came from outside could not be played (`outside`).
 */
export type DifferenceKind = 'missing' | 'additional' | 'other' | 'early' | 'late' | 'order' | 'outcome' | 'outside';

/** One difference between a record and its replay. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** In words. */
  readonly text: string;
  /** What was recorded, if anything was. */
  readonly recorded?: RequestEntry | EventEntry | TraceEntry;
  /** What was done now, if anything was. */
  readonly made?: RequestEntry;
}

/** `play sound:hello-world (POST /channels/1.2/play)` */
export function nameOf(request: RequestEntry): string {
  return `${wordsOfRequest(request)} (${request.method} ${request.path})`;
}

/** What came last before a place of a trace: `after ChannelDtmfReceived 1, at 0.042 s`. */
export function placeOf(trace: readonly TraceEntry[], index: number): string {
  const seconds = (((trace[index]?.at ?? 0) - (trace[0]?.at ?? 0)) / 1000).toFixed(3);
  const event = trace.slice(0, index).findLast((entry): entry is EventEntry => entry.kind === 'event');
  return `${event === undefined ? 'in the beginning' : `after ${wordsOfEvent(event)}`}, at ${seconds} s of the record`;
}

/** Parameters that are not as recorded: `media: "sound:bye" instead of "sound:hello"`. */
export function unlike(
  recorded: RequestEntry,
  made: RequestEntry,
  isSame: (a: unknown, b: unknown) => boolean,
): string {
  const names = new Set([...Object.keys(recorded.params), ...Object.keys(made.params)]);
  return [...names]
    .filter((name) => !isSame(recorded.params[name], made.params[name]))
    .map((name) => `${name}: ${shown(made.params[name])} instead of ${shown(recorded.params[name])}`)
    .join(', ');
}

export function outcomeOf({ status, error }: AnswerEntry): string {
  return error ?? String(status);
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
