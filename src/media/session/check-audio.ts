import { AriValidationError } from '../../errors/validation-error.js';
import { describe } from '../../support/describe.js';

/**
 * Audio as bytes: whatever shows a piece of memory, so that an `Int16Array` of samples will do.
 * Gives what is to be said of anything else.
 */
export function refusalOfAudio(audio: unknown): AriValidationError | undefined {
  return ArrayBuffer.isView(audio)
    ? undefined
    : new AriValidationError(`audio must be bytes, such as a Buffer, not ${describe(audio)}`, 'audio');
}
