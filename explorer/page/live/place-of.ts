import type { Entry } from '../../shared/entry.js';

/** How many of so many entries, which are in order, came up to that one. */
export function countUpTo(entries: readonly Entry[], seq: number, length = entries.length): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.seq ?? 0) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where one of them stands; -1 if it does not. */
export function placeOf(entries: readonly Entry[], seq: number, length: number): number {
  const at = countUpTo(entries, seq, length) - 1;
  return entries[at]?.seq === seq ? at : -1;
}
