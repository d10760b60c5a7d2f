import type { Operation } from '../contract/operation.js';
import { AriValidationError } from '../errors/validation-error.js';

/** Refuses a call that leaves out what Asterisk needs; some omissions would crash it. */
export function missing(operation: Operation, name: string): AriValidationError {
  return refuse(operation, name, 'is required');
}

export function refuse(operation: Operation, name: string, why: string): AriValidationError {
  return new AriValidationError(`${operation.name}: parameter '${name}' ${why}`, name);
}
