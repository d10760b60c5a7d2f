import { AriValidationError } from '../errors/validation-error.js';

const pattern = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?)([+-]\d{2}):?(\d{2})$/;

/**
 * Converts a date as Asterisk writes it, `2026-11-23T01:23:45.678+0000`.
 * @throws {AriValidationError} if the text is no such date
 */
export function toDate(text: string): Date {
  const match = typeof text === 'string' ? pattern.exec(text) : null;
  const date = new Date(match ? `${match[1]}${match[2]}:${match[3]}` : NaN);
  if (Number.isNaN(date.getTime())) {
    const found = typeof text === 'string' ? JSON.stringify(text) : `a ${typeof text}`;
    throw new AriValidationError(`not a date of Asterisk (2026-11-23T01:23:45.678+0000): ${found}`);
  }
  return date;
}
