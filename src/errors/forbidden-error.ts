import { nameError } from './ari-error.js';
import { AriHttpError } from './http-error.js';

/** 403: the user may only read, an access list refuses the address, or the channel is of a kind that cannot do this. */
export class ForbiddenError extends AriHttpError {
  static {
    nameError(this, 'ForbiddenError');
  }
}
