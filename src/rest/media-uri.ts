/** Why Asterisk would neither play such a URI nor ever say so; nothing if it can play it. */
export function unplayable(schemes: readonly string[], uri: string): string | undefined {
  const [, scheme = '', rest = ''] = /^([^:]*):(.*)$/s.exec(uri) ?? [];
  if (!schemes.includes(scheme)) {
    return `must begin with one of ${schemes.map((each) => `${each}:`).join(', ')}`;
  }
  if (rest === '') {
    return `must name something after ${scheme}:`;
  }
  return scheme === 'number' && !isNumber(rest) ? 'must have a whole number of 32 bits after number:' : undefined;
}

function isNumber(text: string): boolean {
  return /^[-+]?\d{1,10}$/.test(text) && Math.abs(Number(text)) < 2 ** 31;
}
