import { AriError, nameError } from './ari-error.js';

/** What answered does not speak ARI: a success without the JSON it must carry, a page of a proxy, more than 64 MiB … */
export class AriProtocolError extends AriError {
  static {
    nameError(this, 'AriProtocolError');
  }
}
