import { nameError } from './ari-error.js';
import { AriHttpError } from './http-error.js';

/** 412: the channel is not in the state that the operation needs, such as not answered yet. */
export class PreconditionFailedError extends AriHttpError {
  static {
    nameError(this, 'PreconditionFailedError');
  }
}
