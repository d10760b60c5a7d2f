import { AriValidationError } from '../errors/validation-error.js';
import { describe } from '../support/describe.js';
import { faultOfEntry } from './check-entry.js';

const allowed = 'a list of entries, as record, parse and traceOf give them';

/**
 * A trace, whoever has made it.
 * @param call for messages: `ladder`
 * @throws {AriValidationError} saying which entry is none, and why
 */
export function checkTrace(call: string, trace: unknown): void {
  if (!Array.isArray(trace)) {
    throw new AriValidationError(`${call}: trace must be ${allowed}, not ${describe(trace)}`, 'trace');
  }
  for (const [index, entry] of trace.entries()) {
    const fault = faultOfEntry(`entry ${index}`, entry);
    if (fault !== undefined) {
      throw new AriValidationError(`${call}: trace must be ${allowed}; ${fault}`, 'trace');
    }
  }
}
