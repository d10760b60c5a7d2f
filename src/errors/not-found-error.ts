import { nameError } from './ari-error.js';
import { AriHttpError } from './http-error.js';

/** 404: the object does not exist, or no longer does; with calls that end under one's feet, an ordinary case. */
export class NotFoundError extends AriHttpError {
  static {
    nameError(this, 'NotFoundError');
  }

  /**
   * What there is not, in one word of Asterisk's: `channel`, or `variable` where the channel is there and has no such
   * variable; `bridge`, `playback`, `recording`, `label`, `application` … Undefined where Asterisk does not say.
   */
  get what(): string | undefined {
    const word = /(\w+) (?:was |can |could )?not (?:be )?found/i.exec(this.serverMessage)?.[1];
    return word?.toLowerCase();
  }
}
