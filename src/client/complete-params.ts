import type { OwnParameters } from '../contract/client-core.js';
import type { Operation } from '../contract/operation.js';
import { namesFor, unknown } from '../rest/refuse.js';
import { checkRecord } from '../support/check-option.js';

/**
 * What a call is given, with what its domain object fills in.
 * @throws {AriValidationError} for what cannot hold parameters, and for those that the object fills in
 */
export function completeParams(
  operation: Operation,
  given: object | undefined,
  own: OwnParameters | undefined,
): object | undefined {
  if (given === undefined) {
    return own;
  }
  const names = namesFor(operation, own);
  const params = checkRecord(`${operation.name}: parameters`, given, names);
  if (own === undefined) {
    return params;
  }
  const wrong = Object.keys(params).find((name) => !names.includes(name) && params[name] !== undefined);
  if (wrong !== undefined) {
    throw unknown(operation, wrong, own);
  }
  return { ...params, ...own };
}
