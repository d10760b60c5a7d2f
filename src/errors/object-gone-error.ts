import { AriError, nameError } from './ari-error.js';

/** The channel, bridge, playback or recording whose event was awaited has ended: the event cannot come any more. */
export class ObjectGoneError extends AriError {
  static {
    nameError(this, 'ObjectGoneError');
  }

  /** Kind of the object: `Channel`. */
  readonly kind: string;
  /** Its id. */
  readonly id: string;

  constructor(kind: string, id: string, message: string) {
    super(message);
    this.kind = kind;
    this.id = id;
  }
}
