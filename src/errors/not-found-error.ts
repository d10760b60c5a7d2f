import { nameError } from './ari-error.js';
import { AriHttpError, type HttpFailure } from './http-error.js';
import { missingThing, type MissingThing } from './missing-thing.js';

/** 404: the object does not exist, or no longer does; with calls that end under one's feet, an ordinary case. */
export class NotFoundError extends AriHttpError {
  static {
    nameError(this, 'NotFoundError');
  }

  /**
   * What it is that does not exist: the object itself (`channel`, `bridge`, `recording` …), or what was asked of it
   * (`variable`, `label`, `statistics`). So a variable that is not set is told from a channel that has hung up.
   * `undefined` where the answer does not say.
   */
  readonly what: MissingThing | undefined;

  constructor(failure: HttpFailure, message?: string) {
    super(failure, message);
    this.what = missingThing(failure.serverMessage);
  }
}
