/** Part of a text, from its beginning to before its end. */
export type Range = readonly [start: number, end: number];

/** Where credentials stand in a text by its form, whosoever they are: in front of a URL's host, and as `api_key`. */
export function foreignCredentials(text: string): Range[] {
  return [...usersInUrls(text), ...apiKeys(text)];
}

/** What comes after a host, if it is one and has a port. */
const port = /^\d{1,5}(?:[/?#"]|$)/;

/**
 * User and password of URLs, up to the last `@`. In a password that nobody has encoded may be anything but blanks, `/` and `?`
 * included: where a colon is followed by no port, that is what it is. One that begins like a port and a path is taken for
 * these.
 */
function usersInUrls(text: string): Range[] {
  const ranges: Range[] = [];
  // Of a word with many URLs, its end and its last `@` are looked for once.
  let [end, lastAt] = [0, -1];
  for (let mark = text.indexOf('://'); mark !== -1; mark = text.indexOf('://', mark + 1)) {
    const start = mark + 3;
    if (start > end) {
      end = endOfWord(text, start);
      lastAt = start + lastEnd(text.slice(start, end));
    }
    if (lastAt > start) {
      const userEnd = start + userLength(text.slice(start, end), lastAt - start);
      ranges.push(...(userEnd > start ? [[start, userEnd] as const] : []));
      mark = Math.max(mark, userEnd - 1);
    }
  }
  return ranges;
}

/** How long user and password are at the beginning of what follows `://`; not above 0 if there are none. */
function userLength(word: string, lastAt: number): number {
  const user = /^[^:/?#@[]*:/.exec(word)?.[0];
  if (user !== undefined && user.length <= lastAt && !port.test(word.slice(user.length))) {
    return lastAt;
  }
  return /^[^/?#"<>]*/.exec(word)?.[0].lastIndexOf('@') ?? 0;
}

/** Where user and password end at the latest; a text that was cut may have lost what they ended with. */
function lastEnd(word: string): number {
  return Math.max(word.lastIndexOf('@'), word.lastIndexOf('…'));
}

const blank = /\s/g;

function endOfWord(text: string, start: number): number {
  blank.lastIndex = start;
  return blank.exec(text)?.index ?? text.length;
}

/** Quoted it goes to its quote, in a query to the next parameter. */
const apiKey =
  /\bapi_key["']?\s{0,9}(?:[=:]|%3d|&#0{0,6}61;|\\u003d)\s{0,9}(?:"((?:\\.|[^"\\])+)|['"]?([^\s"<>&#]*[^\s"<>&#'\\)\]},;]))/dgi;

function apiKeys(text: string): Range[] {
  return text.includes('api_key')
    ? Array.from(text.matchAll(apiKey), ({ indices }) => (indices?.[1] ?? indices?.[2]) as Range)
    : [];
}
