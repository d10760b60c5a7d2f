import { keysOf, kindOf, type ObjectHandle } from '../contract/object-handle.js';
import { AriValidationError } from '../errors/validation-error.js';
import { describe } from '../support/describe.js';

/**
 * Refuses to listen to what nothing can be asked about.
 * @param names what the keys are called
 * @throws {AriValidationError} if no request could name such an object
 */
export function checkKeys(handle: ObjectHandle, names: readonly string[] = []): void {
  for (const [index, key] of keysOf(handle).entries()) {
    const fault = faultOf(key);
    if (fault !== undefined) {
      const name = names[index] ?? 'id';
      throw new AriValidationError(`${kindOf(handle)}: ${name} ${fault}`, name);
    }
  }
}

/** URL parsers drop `.` and `..` from a path, and Asterisk takes an empty segment for the path's end. */
function faultOf(key: unknown): string | undefined {
  if (typeof key !== 'string') {
    return `must be a string, not ${describe(key)}`;
  }
  if (key === '' || key === '.' || key === '..') {
    return `must not be ${key === '' ? 'empty' : `'${key}'`}`;
  }
  if (key.includes('\0')) {
    return 'must not hold a NUL character';
  }
  return /\p{Surrogate}/u.test(key) ? 'must be well-formed Unicode' : undefined;
}
