import { AriValidationError } from '../errors/validation-error.js';
import { describe } from '../support/describe.js';
import { mostMs } from './schemas.js';

/**
 * A trace, as far as it can be told without looking through it all.
 * @param call for messages: `ladder`
 * @throws {AriValidationError} saying what is no entry
 */
export function checkTrace(call: string, trace: unknown): void {
  if (!Array.isArray(trace)) {
    throw refuse(call, `a list of entries, as record, parse and traceOf give them, not ${describe(trace)}`);
  }
  const wrong = trace.findIndex((entry) => !isEntry(entry));
  if (wrong >= 0) {
    const what = 'as record, parse and traceOf give them: each has kind, seq, at and client';
    throw refuse(call, `a list of entries, ${what}; the one at ${wrong} is ${describe(trace[wrong])}`);
  }
}

function isEntry(entry: unknown): boolean {
  const { kind, at, client } = (entry ?? {}) as Record<string, unknown>;
  return typeof kind === 'string' && typeof client === 'string' && typeof at === 'number' && Math.abs(at) <= mostMs;
}

function refuse(call: string, what: string): AriValidationError {
  return new AriValidationError(`${call}: trace must be ${what}`, 'trace');
}
