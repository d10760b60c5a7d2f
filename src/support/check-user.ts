import { refuseOption } from './check-option.js';

export interface User {
  readonly username: string;
  readonly password: string;
}

/** A user as basic authentication can carry it. @throws {AriValidationError} */
export function checkUser({ username, password }: { username?: unknown; password?: unknown }): User {
  if (typeof username !== 'string' || username === '' || username.includes(':')) {
    throw refuseOption('username', 'must be a string that is not empty and has no colon');
  }
  if (typeof password !== 'string' || password === '') {
    throw refuseOption('password', 'must be a string that is not empty');
  }
  return { username, password };
}
