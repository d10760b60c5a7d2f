import { characterOf, entityPattern } from '../support/entities.js';

/** A text with escapes undone, and where in the first text each of its characters begins; at the end, where that ends. */
export interface Unescaped {
  readonly text: string;
  readonly offsets: Uint32Array;
}

/** One kind of escape. */
interface Escape {
  /** Without it, a text has none of them. */
  readonly mark: string;
  readonly pattern: RegExp;
  /** What a match stands for, which is never longer; undefined if it is no escape. */
  readonly decode: (match: RegExpExecArray) => string | undefined;
}

const letters: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const percents =
  /%(?:[0-7][\da-f]|(?:c[2-9a-f]|d[\da-f])%[89ab][\da-f]|e[\da-f](?:%[89ab][\da-f]){2}|f[0-4](?:%[89ab][\da-f]){3}|[89a-f][\da-f])/;

const escapes: readonly Escape[] = [
  // JSON, JavaScript
  {
    mark: '\\',
    pattern: /\\(?:u([\da-f]{4})|x([\da-f]{2})|([^ux]))/gi,
    decode: ([, unit, byte, other = '']) =>
      unit === undefined && byte === undefined
        ? (letters[other] ?? other)
        : String.fromCharCode(Number.parseInt(unit ?? byte ?? '', 16)),
  },
  // URLs, and the forms in them
  { mark: '%', pattern: new RegExp(percents.source, 'gi'), decode: ([match]) => decodePercents(match) },
  {
    mark: '+',
    pattern: new RegExp(`${percents.source}|\\+`, 'gi'),
    decode: ([match]) => (match === '+' ? ' ' : decodePercents(match)),
  },
  // HTML
  {
    mark: '&',
    pattern: entityPattern,
    decode: ([, decimal, hexadecimal, name]) => characterOf(decimal, hexadecimal, name),
  },
];

/** How often a text may have been escaped, one way or another. */
const maxDepth = 3;

/** So many characters are read in all ways together; of a long text, so many times its own. */
const maxRead = 131_072;
const maxTimes = 32;

/**
 * Every way to read a text: as it is, and with one kind of escape after another undone. Undefined for a text that can be read
 * in more ways than there is time for.
 */
export function readings(text: string): Unescaped[] | undefined {
  const all: Unescaped[] = [{ text, offsets: Uint32Array.from({ length: text.length + 1 }, (_, index) => index) }];
  const known = new Set([text]);
  let left = Math.max(maxRead, maxTimes * text.length) - text.length;
  for (let [depth, from] = [0, 0]; depth < maxDepth; depth += 1) {
    const latest = all.slice(from);
    from = all.length;
    for (const reading of latest) {
      for (const escape of escapes.filter(({ mark }) => reading.text.includes(mark))) {
        const next = undo(reading, escape);
        left -= next.text.length;
        if (left < 0) {
          return undefined;
        }
        if (!known.has(next.text)) {
          known.add(next.text);
          all.push(next);
        }
      }
    }
  }
  return all;
}

/** One character of UTF-8, or of a one-byte encoding where it is none of UTF-8. */
function decodePercents(match: string): string {
  if (match.length === 3) {
    return String.fromCharCode(Number.parseInt(match.slice(1), 16));
  }
  return Buffer.from(match.replaceAll('%', ''), 'hex').toString('utf8');
}

function undo({ text, offsets }: Unescaped, { pattern, decode }: Escape): Unescaped {
  const parts: string[] = [];
  const kept = new Uint32Array(offsets.length);
  let [at, length] = [0, 0];
  const keepUntil = (end: number): void => {
    parts.push(text.slice(at, end));
    for (; at < end; at += 1) {
      kept[length] = offsets[at] as number;
      length += 1;
    }
  };
  for (const match of text.matchAll(pattern)) {
    const decoded = decode(match);
    if (decoded !== undefined) {
      keepUntil(match.index);
      parts.push(decoded);
      kept.fill(offsets[match.index] as number, length, length + decoded.length);
      length += decoded.length;
      at = match.index + match[0].length;
    }
  }
  keepUntil(text.length);
  kept[length] = offsets[text.length] as number;
  return { text: parts.join(''), offsets: kept.subarray(0, length + 1) };
}
