import { refuseOption } from '../support/check-option.js';

/**
 * The value of the `Authorization` header. Basic authentication separates user and password at the first colon, and
 * Asterisk cuts what is longer than 255 bytes.
 * @throws {AriValidationError}
 */
export function checkCredentials(username: unknown, password: unknown): string {
  if (typeof username !== 'string' || username === '' || username.includes(':')) {
    throw refuseOption('username', 'must be a string that is not empty and has no colon');
  }
  if (typeof password !== 'string' || password === '') {
    throw refuseOption('password', 'must be a string that is not empty');
  }
  const pair = Buffer.from(`${username}:${password}`);
  if (pair.length > 254) {
    throw refuseOption('password', 'is too long: with the user name, Asterisk reads at most 254 bytes');
  }
  return `Basic ${pair.toString('base64')}`;
}
