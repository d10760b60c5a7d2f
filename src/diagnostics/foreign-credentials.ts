/** Part of a text, from its beginning to before its end. */
export type Range = readonly [start: number, end: number];

/** Where credentials stand in a text by its form, whosoever they are: in URLs, as `api_key`, and in `Authorization`. */
export function foreignCredentials(text: string): Range[] {
  return mayHoldCredentials(text) ? [...usersInUrls(text), ...apiKeys(text), ...authorizations(text)] : [];
}

/** Whether there is something to look for. */
export function mayHoldCredentials(text: string): boolean {
  return /:\/\/|sips?:|api_key|authorization/i.test(text);
}

/** What comes after a host, if it is one and has a port. */
const port = /^\d{1,5}(?:[/?#"]|$)/;

/** In a SIP URI parameters may follow, and its list has no blanks. */
const sipPort = /^\d{1,5}(?:[/?#"';,>)\]}\\]|$)/;

/**
 * User and password of URLs, up to the last `@`. In a password that nobody has encoded may be anything but blanks, `/` and `?`
 * included: where a colon is followed by no port, that is what it is. One that begins like a port and a path is taken for
 * these. In a SIP URI a user alone is no credential.
 */
function usersInUrls(text: string): Range[] {
  const ranges: Range[] = [];
  // Of a word with many URLs, its end and its last `@` are looked for once.
  let [end, lastAt, hiddenTo] = [0, -1, 0];
  for (const { index, 0: mark } of text.matchAll(/:\/\/|\bsips?:(?!\/\/)/gi)) {
    const start = index + mark.length;
    if (start > end) {
      end = endOfWord(text, start);
      lastAt = start + lastEnd(text.slice(start, end));
    }
    if (lastAt > start && index >= hiddenTo) {
      const word = text.slice(start, end);
      const length = mark === '://' ? userLength(word, lastAt - start) : sipUserLength(word, lastAt - start);
      hiddenTo = start + length;
      ranges.push(...(length > 0 ? [[start, hiddenTo] as const] : []));
    }
  }
  return ranges;
}

/** How long user and password are at the beginning of what follows `sip:`; 0 if there is no password. */
function sipUserLength(word: string, lastAt: number): number {
  const user = /^[^:@[<>",']*:/.exec(word)?.[0];
  return user !== undefined && user.length <= lastAt && !sipPort.test(word.slice(user.length)) ? lastAt : 0;
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
  /api_key["']?\s{0,9}(?:[=:]|%3d|&#0{0,6}61;|\\u003d)\s{0,9}(?:"((?:\\.|[^"\\])+)|['"]?([^\s"<>&#]*[^\s"<>&#'\\)\]},;]))/dgi;

function apiKeys(text: string): Range[] {
  return Array.from(text.matchAll(apiKey), ({ indices }) => (indices?.[1] ?? indices?.[2]) as Range);
}

/** What follows the name of a scheme: one word, or the parameters of Digest, which have a hash of the password among them. */
const authorization =
  /authorization\\*["']?\s{0,9}[=:]\s{0,9}\\*["']?(?:digest\s{1,9}((?:[\w-]{1,40}\s{0,9}=\s{0,9}(?:\\*"[^"\r\n]*"?|[^\s,"\\]+)[,\s]{0,9})+)|(?:basic|bearer)\s{1,9}([^\s"'<>,;\\]+))/dgi;

function authorizations(text: string): Range[] {
  return Array.from(text.matchAll(authorization), ({ indices }) => (indices?.[1] ?? indices?.[2]) as Range);
}
