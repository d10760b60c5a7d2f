/** The value of a header, by its name in lower case; empty if there is none. @param raw names and values in turns */
export function headerOf(raw: readonly string[], name: string): string {
  for (let index = 0; index < raw.length; index += 2) {
    const other = raw[index] as string;
    if (other.length === name.length && other.toLowerCase() === name) {
      return raw[index + 1] as string;
    }
  }
  return '';
}

/** The value of a `Content-Type` header without its parameters, in lower case. */
export function mediaType(value: string): string {
  const end = value.indexOf(';');
  return (end === -1 ? value : value.slice(0, end)).trim().toLowerCase();
}
