import { writeDate } from '../../domain/date.js';

/** Most of what happens at a time happens at the same millisecond as what came before. */
let lastMs = Number.NaN;
let lastText = '';

/** A time as ARI writes it: `2026-11-23T01:23:45.678+0000`. */
export function timestamp(ms: number): string {
  if (ms !== lastMs) {
    lastMs = ms;
    lastText = writeDate(ms);
  }
  return lastText;
}
