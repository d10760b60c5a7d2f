import { foreignCredentials, mayHoldCredentials, type Range } from './foreign-credentials.js';
import { readings, type Unescaped } from './unescape.js';

/** Takes secrets out of texts that others have a hand in: answers that echo headers, errors of listeners. */
export type Redact = (text: string) => string;

/** Shorter than that, a secret is a syllable of ordinary words; none of our own messages holds one anyway. */
const shortest = 4;

/** Values of headers may be words that stand elsewhere too, such as a tenant's name. */
const shortestValue = 8;

/** Of a longer text with escapes, only so much is shown; so much beyond it is looked at, since a secret may begin before. */
const longest = 65_536;
const beyond = 8_192;

/** Of what comes anew with every connection, so much is hidden: the latest. */
const maxKept = 64;

/**
 * What must not be shown: a user's password, and what headers carry. It is hidden as it is, in base64 or in a URL, and
 * however that was escaped on its way.
 */
export class Secrets {
  readonly #credentials: readonly string[];
  readonly #kept = new Set<string>();

  /** Without credentials, it hides what `keep` was told. */
  constructor(username?: string, password = '') {
    if (username === undefined) {
      this.#credentials = [];
      return;
    }
    const pair = `${username}:${password}`;
    const isTold = password.length >= shortest;
    this.#credentials = [
      ...formsOf(isTold ? password : pair),
      ...inBase64(pair),
      ...(isTold ? inBase64(password) : []),
    ];
  }

  /** Hides the values of headers from now on, and what comes after the name of a scheme such as `Bearer`. */
  readonly keep = (values: readonly string[]): void => {
    const secrets = values.flatMap((value) => [value, value.slice(value.indexOf(' ') + 1)]);
    for (const secret of secrets.filter(({ length }) => length >= shortestValue).flatMap(formsOf)) {
      this.#kept.delete(secret);
      this.#kept.add(secret);
    }
    for (const oldest of [...this.#kept].slice(0, Math.max(0, this.#kept.size - maxKept))) {
      this.#kept.delete(oldest);
    }
  };

  /** Takes them out of a text. */
  readonly redact: Redact = (text) => hide(text, [...this.#credentials, ...this.#kept]);
}

/** A text itself, on one line, with its accents apart or joined, and its bytes taken for those of a one-byte encoding. */
function formsOf(text: string): string[] {
  const line = text.trim().replace(/\s+/g, ' ');
  // Of a text of blanks, little or nothing is left.
  const lines = line.length < shortest ? [] : [line];
  const forms = [text, ...lines, text.normalize('NFC'), text.normalize('NFD'), Buffer.from(text).toString('latin1')];
  return [...new Set(forms)];
}

/** Of the usual kind and for URLs; the padding may be missing. */
function inBase64(text: string): string[] {
  const bytes = Buffer.from(text);
  const padded = bytes.toString('base64');
  return [padded, padded.replace(/=+$/, ''), bytes.toString('base64url')];
}

function hide(text: string, secrets: readonly string[]): string {
  const isPlain = !/[\\%&+]/.test(text);
  if (isPlain && !mayHoldCredentials(text) && !secrets.some((each) => text.includes(each))) {
    return text;
  }
  const shownTo = isPlain ? text.length : longest;
  const all = readings(text.slice(0, shownTo + beyond));
  // In how many ways it was escaped nobody knows: it is hidden whole, since a secret may be in it.
  if (all === undefined) {
    return '***';
  }
  const ranges = all.flatMap((reading) => rangesOf(secrets, reading)).filter(([start]) => start < shownTo);
  return cutOut(text.slice(0, shownTo), ranges) + (text.length > shownTo ? '…' : '');
}

/** Where secrets stand in the text that was read so. */
function rangesOf(secrets: readonly string[], { text, offsets }: Unescaped): Range[] {
  const ranges = [...secrets.flatMap((secret) => placesOf(secret, text)), ...foreignCredentials(text)];
  return ranges.map(([start, end]) => [offsets[start] as number, offsets[end] as number]);
}

function placesOf(secret: string, text: string): Range[] {
  const places: Range[] = [];
  for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1)) {
    places.push([at, at + secret.length]);
  }
  return places;
}

function cutOut(text: string, ranges: readonly Range[]): string {
  let shown = '';
  let shownTo = 0;
  for (const [start, end] of ranges.toSorted(([a], [b]) => a - b)) {
    if (start >= shownTo) {
      shown += `${text.slice(shownTo, start)}***`;
    }
    shownTo = Math.max(shownTo, end);
  }
  return shown + text.slice(shownTo);
}
