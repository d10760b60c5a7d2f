/** Shorter than that, a password is a syllable of ordinary words; none of our own messages holds one anyway. */
const shortest = 4;

/** Takes secrets out of texts that others have a hand in: answers that echo headers, errors of listeners. */
export type Redact = (text: string) => string;

export function redactor(secrets: readonly string[]): Redact {
  const hidden = secrets.filter(({ length }) => length >= shortest);
  return (text) => hidden.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
