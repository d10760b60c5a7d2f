/** How deep Asterisk reads. */
const MAX_DEPTH = 2048;

const MAX_INTEGER = 2n ** 63n - 1n;
const MIN_INTEGER = -(2n ** 63n);

/** Everything in JSON that has no inside: texts, numbers, and what opens and closes. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[[\]{}]/g;

/**
 * JSON as Asterisk's parser takes it: an object or a list, in valid UTF-8, without NUL or half a pair of surrogates in
 * any text, without integers beyond 64 bits or numbers beyond a double. `undefined` for anything else.
 */
export function parseJson(source: Buffer | string): object | undefined {
  try {
    const text = typeof source === 'string' ? source : new TextDecoder('utf-8', DECODING).decode(source);
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && isTakenByAsterisk(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

const DECODING = { fatal: true, ignoreBOM: true } as const;

function isTakenByAsterisk(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(TOKENS)) {
    if ('[{'.includes(token)) depth += 1;
    else if (']}'.includes(token)) depth -= 1;
    else if (!(token.startsWith('"') ? isText(token) : isNumber(token))) return false;
    if (depth > MAX_DEPTH) return false;
  }
  return true;
}

function isText(token: string): boolean {
  // Only an escape brings either into text that is JSON and UTF-8.
  if (!token.includes('\\u')) return true;
  const text = JSON.parse(token) as string;
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

function isNumber(token: string): boolean {
  if (/[.eE]/.test(token)) return Number.isFinite(Number(token));
  if (token.length < 19) return true;
  const integer = BigInt(token);
  return MIN_INTEGER <= integer && integer <= MAX_INTEGER;
}
