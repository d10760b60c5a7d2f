import { AriValidationError } from '../../errors/validation-error.js';
import { mustBe } from '../../support/describe.js';

/** A recording, such as what `recordMessage` gives, or its name. */
export type RecordingOrName = { readonly name: string } | string;

/** The name of a stored recording. @throws {AriValidationError} */
export function nameOfRecording(flow: string, recording: RecordingOrName): string {
  const name: unknown = typeof recording === 'string' ? recording : (recording as { name?: unknown } | null)?.name;
  if (typeof name !== 'string' || name.trim() === '') {
    throw new AriValidationError(`${flow}: recording ${mustBe('a recording or its name', recording)}`, 'recording');
  }
  return name;
}
