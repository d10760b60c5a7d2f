import { shownText } from '../picture/shown.js';

/** Those that take two columns in a terminal. */
const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}])/u;

/** Of a longer text only so much is taken apart, for which the time grows with the square; no line is as wide. */
const longest = 4_000;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A text as columns of a terminal: one string each, the second column of a wide character empty. */
export function cellsOf(text: string, ascii: boolean): string[] {
  return Array.from(
    graphemes.segment(shownText(text.slice(0, longest)).normalize('NFC')),
    ({ segment }) => segment,
  ).flatMap((segment) => {
    if (ascii) {
      return [/^[\u0020-\u007e]$/.test(segment) ? segment : '?'];
    }
    return wide.test(segment) ? [segment, ''] : [segment];
  });
}

/** Cells cut to a number of columns; what is cut shows. */
export function cut(cells: readonly string[], columns: number, ellipsis: string): string[] {
  if (cells.length <= columns) {
    return [...cells];
  }
  const kept = cells.slice(0, Math.max(0, columns - 1));
  // Half of a wide character would move what comes after it.
  if (cells[kept.length] === '') {
    kept[kept.length - 1] = ' ';
  }
  return columns > 0 ? [...kept, ellipsis] : [];
}
