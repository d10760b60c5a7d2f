import { AriValidationError } from '../errors/validation-error.js';

const pattern = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?)([+-]\d{2}):?(\d{2})$/;

/** A date as Asterisk writes it; undefined for anything else. */
export function readDate(text: unknown): Date | undefined {
  const [, time = '', hours = '', minutes = ''] = (typeof text === 'string' && pattern.exec(text)) || [];
  const date = new Date(`${time}${hours}:${minutes}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A time as Asterisk writes it, in UTC: `2026-11-23T01:23:45.678+0000`. @param ms since 1970 */
export function writeDate(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000');
}

/**
 * Converts a date as Asterisk writes it, `2026-11-23T01:23:45.678+0000`.
 * @throws {AriValidationError} if the text is no such date
 */
export function toDate(text: string): Date {
  const date = readDate(text);
  if (date === undefined) {
    const found = typeof text === 'string' ? JSON.stringify(text) : `a ${typeof text}`;
    throw new AriValidationError(`not a date of Asterisk (2026-11-23T01:23:45.678+0000): ${found}`);
  }
  return date;
}
