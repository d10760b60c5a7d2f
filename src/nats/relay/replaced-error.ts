import { AriError, nameError } from '../../errors/ari-error.js';

/** Another relay has taken the applications over, and serves them: this one is not to be started again. */
export class RelayReplacedError extends AriError {
  static {
    nameError(this, 'RelayReplacedError');
  }
}
