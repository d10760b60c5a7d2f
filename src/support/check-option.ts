import { AriValidationError } from '../errors/validation-error.js';

/** @throws {AriValidationError} for a name that is not known */
export function checkNames(option: string, value: unknown, known: readonly string[]): void {
  if (typeof value !== 'object' || value === null) {
    throw refuseOption(option, `must be an object with ${known.join(', ')}`);
  }
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) {
      throw refuseOption(`${option}.${name}`, `does not exist; allowed are ${known.join(', ')}`);
    }
  }
}

/** A whole number. @throws {AriValidationError} */
export function checkWhole(option: string, value: unknown, byDefault: number, min: number): number {
  if (value === undefined) {
    return byDefault;
  }
  if (!Number.isInteger(value) || (value as number) < min) {
    throw refuseOption(option, `must be a whole number, at least ${min}`);
  }
  return value as number;
}

/** Longest time that a timer of Node can hold. */
export const longestMs = 2 ** 31 - 1;

/** Milliseconds. @throws {AriValidationError} */
export function checkDuration(option: string, value: unknown, byDefault: number): number {
  return Math.min(checkWhole(option, value, byDefault, 0), longestMs);
}

export function refuseOption(option: string, why: string): AriValidationError {
  return new AriValidationError(`option '${option}' ${why}`, option);
}
