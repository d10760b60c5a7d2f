/**
 * Where the type of an event stands in its frame, by a look at the head alone. Asterisk writes the type first, or after
 * a few plain members such as a variable and its value, with white space where `ari.conf` says `pretty = yes`; whatever
 * looks otherwise is left to `JSON.parse`. Of a frame that is JSON at all, this never says anything else than
 * `JSON.parse` would.
 */
export const nowhere = -1;
export const quote = 0x22;
export const colon = 0x3a;

const [backslash, comma, minus, openBrace, space] = [0x5c, 0x2c, 0x2d, 0x7b, 0x20];
const [t, y, p, e] = [0x74, 0x79, 0x70, 0x65];
const unicodeEscape = Buffer.from('\\u');

/** Most members that are looked at. */
const maxMembers = 8;

/** Index at which the value of the first member called `type` begins, after its quote. */
export function findType(frame: Buffer): number {
  if (frame[0] !== openBrace) {
    return nowhere;
  }
  let key = skipSpace(frame, 1);
  for (let member = 0; member < maxMembers; member += 1) {
    const keyEnd = skipString(frame, key);
    const mark = skipSpace(frame, keyEnd);
    if (frame[mark] !== colon) {
      return nowhere;
    }
    const value = skipSpace(frame, mark + 1);
    if (keyEnd - key === 6 && isType(frame, key + 2)) {
      return frame[value] === quote ? value + 1 : nowhere;
    }
    const valueEnd = frame[value] === quote ? skipString(frame, value) : skipScalar(frame, value);
    const next = skipSpace(frame, valueEnd);
    if (frame[next] !== comma) {
      return nowhere;
    }
    key = skipSpace(frame, next + 1);
  }
  return nowhere;
}

/**
 * Whether the word `type` may come once more as a key, where the last one would count: as it is, or with a letter
 * written as an escape. Values and nested keys are not told apart; that only costs a parse.
 */
export function isRepeated(frame: Buffer, from: number): boolean {
  // Few bytes are a y, so this passes over the frame much faster than a search for the whole word.
  for (let at = frame.indexOf(y, from); at !== nowhere; at = frame.indexOf(y, at + 1)) {
    if (isType(frame, at)) {
      return true;
    }
  }
  const escaped = frame.indexOf(backslash, from);
  return escaped !== nowhere && frame.indexOf(unicodeEscape, escaped) !== nowhere;
}

/** Whether the letter y at this index is that of `"type"`. */
function isType(frame: Buffer, at: number): boolean {
  return (
    frame[at] === y &&
    frame[at - 1] === t &&
    frame[at + 1] === p &&
    frame[at + 2] === e &&
    frame[at - 2] === quote &&
    frame[at + 3] === quote
  );
}

/** Index of the first byte from here that is no white space; nowhere from nowhere. */
export function skipSpace(frame: Buffer, start: number): number {
  let at = start;
  // All four are at most a space in ASCII; what else is there, JSON does not allow outside of strings.
  while ((frame[at] as number) <= space) {
    at += 1;
  }
  return at;
}

/** Index after the string that begins here, or nowhere. */
export function skipString(frame: Buffer, start: number): number {
  if (frame[start] !== quote) {
    return nowhere;
  }
  for (let at = start + 1; at < frame.length; at += 1) {
    if (frame[at] === quote) {
      return at + 1;
    }
    if (frame[at] === backslash) {
      at += 1;
    }
  }
  return nowhere;
}

/** Index after the number, `true`, `false` or `null` that begins here, or nowhere. */
function skipScalar(frame: Buffer, start: number): number {
  let at = start;
  // Their characters come after the comma in ASCII, all but the plus of an exponent; so do brackets, but not first.
  while (at < frame.length && (frame[at] as number) > comma) {
    at += 1;
  }
  return startsScalar(frame[start]) ? at : nowhere;
}

function startsScalar(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x30 && byte <= 0x39) || byte === minus || (byte >= 0x61 && byte <= 0x7a));
}
