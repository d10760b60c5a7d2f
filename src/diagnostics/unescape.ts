import { characterOf, entityPattern } from '../support/entities.js';

/** A text with escapes undone, and where in the first text each of its characters begins; at the end, where that ends. */
export interface Unescaped {
  readonly text: string;
  readonly offsets: readonly number[];
}

/** One kind of escape. */
interface Escape {
  readonly pattern: RegExp;
  /** What a match stands for; undefined if it is no escape. */
  readonly decode: (match: RegExpExecArray) => string | undefined;
}

const letters: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const percents =
  /%(?:[0-7][\da-f]|(?:c[2-9a-f]|d[\da-f])%[89ab][\da-f]|e[\da-f](?:%[89ab][\da-f]){2}|f[0-4](?:%[89ab][\da-f]){3}|[89a-f][\da-f])/;

const escapes: readonly Escape[] = [
  // JSON, JavaScript
  {
    pattern: /\\(?:u([\da-f]{4})|x([\da-f]{2})|([^ux]))/gi,
    decode: ([, unit, byte, other = '']) =>
      unit === undefined && byte === undefined
        ? (letters[other] ?? other)
        : String.fromCharCode(Number.parseInt(unit ?? byte ?? '', 16)),
  },
  // URLs, and the forms in them
  { pattern: new RegExp(percents.source, 'gi'), decode: ([match]) => decodePercents(match) },
  {
    pattern: new RegExp(`${percents.source}|\\+`, 'gi'),
    decode: ([match]) => (match === '+' ? ' ' : decodePercents(match)),
  },
  // HTML
  { pattern: entityPattern, decode: ([, decimal, hexadecimal, name]) => characterOf(decimal, hexadecimal, name) },
];

/** How often a text may have been escaped, one way or another. */
const maxDepth = 3;

/** More readings than that no honest text has. */
const maxReadings = 64;

/** Every way to read a text: as it is, and with one kind of escape after another undone. */
export function readings(text: string): Unescaped[] {
  const all: Unescaped[] = [{ text, offsets: Array.from({ length: text.length + 1 }, (_, index) => index) }];
  const known = new Set([text]);
  let latest = all;
  for (let depth = 0; depth < maxDepth && latest.length > 0; depth += 1) {
    latest = latest.flatMap((reading) => escapes.map((escape) => undo(reading, escape)));
    latest = latest.filter(
      (reading) => all.length < maxReadings && !known.has(reading.text) && known.add(reading.text),
    );
    all.push(...latest);
  }
  return all;
}

/** One character of UTF-8, or of a one-byte encoding where it is none of UTF-8. */
function decodePercents(match: string): string {
  const bytes = Buffer.from(match.replaceAll('%', ''), 'hex');
  return bytes.toString(bytes.length === 1 ? 'latin1' : 'utf8');
}

function undo({ text, offsets }: Unescaped, { pattern, decode }: Escape): Unescaped {
  const parts: string[] = [];
  const kept: number[] = [];
  let at = 0;
  const keepUntil = (end: number): void => {
    parts.push(text.slice(at, end));
    for (; at < end; at += 1) {
      kept.push(offsets[at] as number);
    }
  };
  for (const match of text.matchAll(pattern)) {
    const decoded = decode(match);
    if (decoded !== undefined) {
      keepUntil(match.index);
      parts.push(decoded);
      kept.push(...Array.from({ length: decoded.length }, () => offsets[match.index] as number));
      at = match.index + match[0].length;
    }
  }
  keepUntil(text.length);
  kept.push(offsets[text.length] as number);
  return { text: parts.join(''), offsets: kept };
}
