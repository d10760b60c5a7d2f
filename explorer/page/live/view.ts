import { computed, signal } from '@preact/signals';
import type { Entry } from '../../shared/entry.js';
import { selector } from '../../shared/selection.js';
import { call, selection } from './choice.js';
import { log } from './log.js';
import { countUpTo } from './place-of.js';

/** Where a paused view stands: entries up to this one. */
const pausedAt = signal<number | undefined>(undefined);

export const isPaused = computed(() => pausedAt.value !== undefined);

/** Stops what is shown where it is, or lets it go on. What comes meanwhile is kept. */
export function togglePause(): void {
  pausedAt.value = isPaused.value ? undefined : (log.entries.at(-1)?.seq ?? 0);
}

/** What came since it was paused. */
export const waiting = computed(() => {
  void log.version.value;
  const since = pausedAt.value;
  return since === undefined ? 0 : log.entries.length - countUpTo(log.entries, since);
});

/** A selection at work: entries that came since are looked at one by one, all others are known. */
interface Sieve {
  readonly of: string;
  readonly matches: (entry: Entry) => boolean;
  readonly rows: Entry[];
  next: number;
}

let sieve: Sieve | undefined;

/** The entries to show, in order. The same list grows; `length` tells that it has. */
export const rows = computed<{ readonly list: readonly Entry[]; readonly length: number }>(() => {
  void log.version.value;
  const wanted = selection();
  const of = JSON.stringify([
    log.generation,
    { ...wanted, objects: call.value?.version },
    wanted.objects?.[0],
    wanted.objects?.length,
  ]);
  if (sieve?.of !== of) sieve = { of, matches: selector(wanted), rows: [], next: 0 };
  for (; sieve.next < log.entries.length; sieve.next += 1) {
    const entry = log.entries[sieve.next];
    if (entry !== undefined && sieve.matches(entry)) sieve.rows.push(entry);
  }
  const since = pausedAt.value;
  return { list: sieve.rows, length: since === undefined ? sieve.rows.length : countUpTo(sieve.rows, since) };
});
