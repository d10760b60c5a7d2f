import type { Operation } from '../contract/operation.js';
import type { OwnParameters } from '../contract/client-core.js';
import { AriValidationError } from '../errors/validation-error.js';

/** Refuses a call that leaves out what Asterisk needs; some omissions would crash it. */
export function missing(operation: Operation, name: string): AriValidationError {
  return refuse(operation, name, 'is required');
}

/** Refuses a name that the operation does not have, or that is not the caller's to give. */
export function unknown(operation: Operation, name: string, own: OwnParameters = {}): AriValidationError {
  const why = Object.hasOwn(own, name) ? 'comes from the object itself' : 'does not exist';
  return refuse(operation, name, `${why}; allowed are ${namesFor(operation, own).join(', ') || 'none'}`);
}

/** The parameters that are the caller's to give. */
export function namesFor({ params }: Operation, own: OwnParameters = {}): string[] {
  return Object.keys(params).filter((name) => !Object.hasOwn(own, name));
}

export function refuse(operation: Operation, name: string, why: string): AriValidationError {
  return new AriValidationError(`${operation.name}: parameter '${name}' ${why}`, name);
}
