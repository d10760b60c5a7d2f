import type { Entry } from '../../shared/entry.js';
import { placeOf } from './place-of.js';

/** Where a key leads to in the ladder: the index of a row, or nowhere. */
export function moved(
  key: string,
  list: readonly Entry[],
  length: number,
  chosen: Entry | undefined,
  page: number,
): number | undefined {
  if (length === 0) return undefined;
  const at = chosen === undefined ? -1 : placeOf(list, chosen.seq, length);
  const to = (index: number): number => Math.max(0, Math.min(length - 1, index));
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return at < 0 ? length - 1 : to(at - 1);
    case 'PageDown':
      return to(at + page);
    case 'PageUp':
      return to(at < 0 ? length - 1 : at - page);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return undefined;
  }
}
