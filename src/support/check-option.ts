import { AriValidationError } from '../errors/validation-error.js';
import { describe } from './describe.js';
import { isRecord } from './is-record.js';

/**
 * Something that has fields.
 * @param what for messages: `channels.get: parameters`
 * @param parameter name of the option that it is, if it is one
 * @throws {AriValidationError}
 */
export function checkRecord(
  what: string,
  value: unknown,
  fields: readonly string[],
  parameter?: string,
): Record<string, unknown> {
  if (!isRecord(value)) {
    const wanted = fields.length === 0 ? 'an object' : `an object with ${fields.join(', ')}`;
    throw new AriValidationError(`${what} must be ${wanted}, not ${describe(value)}`, parameter);
  }
  return value;
}

/**
 * Options that hold options.
 * @throws {AriValidationError} for a name that is not known
 */
export function checkNames(option: string, value: unknown, known: readonly string[]): void {
  const unknown = unknownOf(checkRecord(`option '${option}'`, value, known, option), known);
  if (unknown !== undefined) {
    throw refuseOption(`${option}.${unknown}`, doesNotExist(known));
  }
}

/**
 * Does a check, and names what it refuses as a part of an option.
 * @throws {AriValidationError} what the check throws
 */
export function checkWithin<T>(option: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof AriValidationError && error.parameter !== undefined) {
      const message = error.message.replace("option '", () => `option '${option}.`);
      throw new AriValidationError(message, `${option}.${error.parameter}`, { cause: error.cause });
    }
    throw error;
  }
}

/**
 * Does the checks of a call, and has what is said of an option begin with it: `connect: option 'url' must …`.
 * @throws {AriValidationError} what the checks throw
 */
export function checkFor<T>(call: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw namedFor(call, error);
  }
}

/** The error, which begins with the call if it says that an option is wrong. */
export function namedFor(call: string, error: unknown): unknown {
  return error instanceof AriValidationError && error.message.startsWith("option '")
    ? new AriValidationError(`${call}: ${error.message}`, error.parameter, { cause: error.cause })
    : error;
}

/** Options of which none has a name that is not known. @throws {AriValidationError} */
export function checkKnown(options: Record<string, unknown>, known: readonly string[]): void {
  const unknown = unknownOf(options, known);
  if (unknown !== undefined) {
    throw refuseOption(unknown, doesNotExist(known));
  }
}

/**
 * The options of a call, all of which may be left out.
 * @param call for messages: `channels.answer`
 * @throws {AriValidationError} for a name that is not known, and a signal that is none
 */
export function checkCallOptions(call: string, options: unknown, known: readonly string[]): void {
  if (options !== undefined) {
    checkGivenOptions(call, options, known);
  }
}

/** The same where they may not be left out. @throws {AriValidationError} */
export function checkGivenOptions(call: string, options: unknown, known: readonly string[]): void {
  const given = checkRecord(`${call}: options`, options, known);
  checkFor(call, () => {
    checkKnown(given, known);
    checkSignal(given['signal']);
  });
}

/** @throws {AriValidationError} */
export function checkListener(call: string, listener: unknown): void {
  if (typeof listener !== 'function') {
    throw new AriValidationError(`${call}: listener must be a function, not ${describe(listener)}`, 'listener');
  }
}

/** A function, or nothing. @throws {AriValidationError} */
export function checkFunction(option: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') {
    throw refuseOption(option, `must be a function, not ${describe(value)}`);
  }
}

/** @throws {AriValidationError} */
export function checkSignal(value: unknown): void {
  const { aborted, addEventListener, removeEventListener } = (value ?? {}) as Partial<AbortSignal>;
  const isSignal =
    typeof aborted === 'boolean' && typeof addEventListener === 'function' && typeof removeEventListener === 'function';
  if (value !== undefined && !isSignal) {
    throw refuseOption('signal', `must be an AbortSignal, not ${describe(value)}`);
  }
}

/** @throws {AriValidationError} */
export function checkFlag(option: string, value: unknown, byDefault: boolean): boolean {
  if (value !== undefined && typeof value !== 'boolean') {
    throw refuseOption(option, `must be true or false, not ${describe(value)}`);
  }
  return value ?? byDefault;
}

/** One of several words, of which the first is the default. @throws {AriValidationError} */
export function checkChoice<T extends string>(option: string, value: T | undefined, choices: readonly [T, ...T[]]): T {
  if (value !== undefined && !choices.includes(value)) {
    throw refuseOption(option, `must be ${choices.join(' or ')}, not ${describe(value)}`);
  }
  return value ?? choices[0];
}

/** A string that is not empty. @throws {AriValidationError} */
export function checkString(option: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') {
    throw refuseOption(option, `must be a string that is not empty, not ${describe(value)}`);
  }
  return value;
}

/** A whole number. @throws {AriValidationError} */
export function checkWhole(option: string, value: unknown, byDefault: number, min: number): number {
  if (value === undefined) {
    return byDefault;
  }
  if (!Number.isInteger(value) || (value as number) < min) {
    throw refuseOption(option, `must be a whole number, at least ${min}, not ${describe(value)}`);
  }
  return value as number;
}

/** Longest time that a timer of Node can hold. */
export const longestMs = 2 ** 31 - 1;

/** Milliseconds. @throws {AriValidationError} */
export function checkDuration(option: string, value: unknown, byDefault: number, min = 0): number {
  return Math.min(checkWhole(option, value, byDefault, min), longestMs);
}

export function refuseOption(option: string, why: string): AriValidationError {
  return new AriValidationError(`option '${option}' ${why}`, option);
}

function unknownOf(options: Record<string, unknown>, known: readonly string[]): string | undefined {
  return Object.keys(options).find((name) => !known.includes(name));
}

function doesNotExist(known: readonly string[]): string {
  return `does not exist; allowed are ${known.join(', ')}`;
}
