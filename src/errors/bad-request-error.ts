import { nameError } from './ari-error.js';
import { AriHttpError } from './http-error.js';

/** 400: Asterisk found a parameter missing or wrong. */
export class BadRequestError extends AriHttpError {
  static {
    nameError(this, 'BadRequestError');
  }
}
