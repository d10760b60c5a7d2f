/** Fields of an event before they are looked at: from JSON of any type, from plain text all strings. */
export type RawFields = Readonly<Record<string, unknown>>;

/** A field is not as it must be; the message says which and how it must be. */
export class FieldError extends Error {}

export function text(fields: RawFields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') {
    throw new FieldError(`${name} must be a string`);
  }
  return value;
}

export function optionalText(fields: RawFields, name: string): string | undefined {
  return fields[name] === undefined ? undefined : text(fields, name);
}

/** A whole number that is not negative, as a number or as its digits. @param max the largest that makes sense */
export function whole(fields: RawFields, name: string, max = Number.MAX_SAFE_INTEGER): number {
  const value = fields[name];
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (!Number.isSafeInteger(number) || (number as number) < 0) {
    throw new FieldError(`${name} must be a whole number`);
  }
  if ((number as number) > max) {
    throw new FieldError(`${name} must be at most ${max}`);
  }
  return number as number;
}

export function flag(fields: RawFields, name: string): boolean {
  const value = fields[name];
  if (value === true || value === 'true') {
    return true;
  }
  if (value === false || value === 'false') {
    return false;
  }
  throw new FieldError(`${name} must be true or false`);
}

export function optionalFlag(fields: RawFields, name: string): boolean | undefined {
  return fields[name] === undefined ? undefined : flag(fields, name);
}

/** Strings by name; values of other types are left out. */
export function optionalTexts(fields: RawFields, name: string): Readonly<Record<string, string>> | undefined {
  const value = fields[name];
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(entries);
}
