import { nameError } from './ari-error.js';
import { AriHttpError } from './http-error.js';

/** This Asterisk does not know the operation: it is older than the bindings, or the module for it is not loaded. */
export class UnsupportedOperationError extends AriHttpError {
  static {
    nameError(this, 'UnsupportedOperationError');
  }
}
