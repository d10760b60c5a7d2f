import { nameError } from './ari-error.js';
import { AriHttpError } from './http-error.js';

/** 409: the state does not allow it now: the channel is not in a Stasis application, the id is taken … */
export class ConflictError extends AriHttpError {
  static {
    nameError(this, 'ConflictError');
  }
}
