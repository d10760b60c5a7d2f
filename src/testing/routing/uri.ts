/** Decodes one part of a URI as Asterisk does: `+` is a space, and a broken escape stays as it is. */
export function decodeUri(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  const bytes: number[] = [];
  const source = Buffer.from(text, 'utf8');
  for (let at = 0; at < source.length; at += 1) {
    const byte = source[at] ?? 0;
    const escape = byte === PERCENT ? /^%([0-9a-fA-F]{2})/.exec(source.toString('latin1', at, at + 3)) : null;
    if (escape) {
      bytes.push(Number.parseInt(escape[1] ?? '', 16));
      at += 2;
    } else {
      bytes.push(byte === PLUS ? SPACE : byte);
    }
  }
  return Buffer.from(bytes).toString('utf8');
}

const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;

/** Name and value pairs of a query string or a form, in their order; a name without `=` has an empty value. */
export function parsePairs(text: string): [string, string][] {
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals < 0 ? [decodeUri(part), ''] : [decodeUri(part.slice(0, equals)), decodeUri(part.slice(equals + 1))];
    });
}
