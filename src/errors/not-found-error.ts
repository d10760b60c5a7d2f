import { nameError } from './ari-error.js';
import { AriHttpError } from './http-error.js';

/** 404: the object does not exist, or no longer does; with calls that end under one's feet, an ordinary case. */
export class NotFoundError extends AriHttpError {
  static {
    nameError(this, 'NotFoundError');
  }
}
