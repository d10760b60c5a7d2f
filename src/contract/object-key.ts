/** A key of an object as text, such as a channel's id; empty, as no key is, for what can be none. */
export function keyText(key: unknown): string {
  return typeof key === 'string' ? key : typeof key === 'number' ? String(key) : '';
}
