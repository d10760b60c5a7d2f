import { refuseOption } from '../support/check-option.js';
import { checkUser } from '../support/check-user.js';

/**
 * The value of the `Authorization` header. Basic authentication separates user and password at the first colon, and
 * Asterisk cuts what is longer than 255 bytes.
 * @throws {AriValidationError}
 */
export function checkCredentials(username: unknown, password: unknown): string {
  const user = checkUser({ username, password });
  const pair = Buffer.from(`${user.username}:${user.password}`);
  if (pair.length > 254) {
    throw refuseOption('password', 'is too long: with the user name, Asterisk reads at most 254 bytes');
  }
  return `Basic ${pair.toString('base64')}`;
}
