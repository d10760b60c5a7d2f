import { nameError } from './ari-error.js';
import { AriHttpError } from './http-error.js';

/** 5xx: Asterisk failed inside, lacks a module, or has not finished starting (503). */
export class ServerError extends AriHttpError {
  static {
    nameError(this, 'ServerError');
  }
}
