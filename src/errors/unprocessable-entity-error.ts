import { nameError } from './ari-error.js';
import { AriHttpError } from './http-error.js';

/** 422: the request was understood and cannot be carried out: unknown format, channel not in Stasis, wrong bridge … */
export class UnprocessableEntityError extends AriHttpError {
  static {
    nameError(this, 'UnprocessableEntityError');
  }
}
