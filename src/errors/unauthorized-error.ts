import { nameError } from './ari-error.js';
import { AriHttpError } from './http-error.js';

/** 401: user name or password are not those of a user in `ari.conf`. */
export class UnauthorizedError extends AriHttpError {
  static {
    nameError(this, 'UnauthorizedError');
  }
}
