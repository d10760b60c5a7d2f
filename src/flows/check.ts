import { AriValidationError } from '../errors/validation-error.js';
import { checkCallOptions, checkRecord, refuseOption } from '../support/check-option.js';
import { describe, mustBe } from '../support/describe.js';

/** What a telephone can send. */
export const allDigits = '0123456789*#ABCD';

/** The options of a flow; where they may be left out, they are `{}` by then. @throws {AriValidationError} */
export function checkFlowOptions(flow: string, options: unknown, known: readonly string[]): void {
  checkRecord(`${flow}: options`, options, known);
  checkCallOptions(flow, options, known);
}

/** @throws {AriValidationError} if it has none of the methods that the flow calls */
export function checkParty(flow: string, what: string, value: unknown, methods: readonly string[]): void {
  const party = value as Record<string, unknown> | null | undefined;
  if (methods.some((method) => typeof party?.[method] !== 'function')) {
    throw new AriValidationError(`${flow}: ${what} must be a ${what} of the client, not ${describe(value)}`, what);
  }
}

/** Media URIs. @throws {AriValidationError} */
export function checkMedia(option: string, value: unknown): readonly string[] {
  const media: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (media.length === 0 || media.some((uri) => typeof uri !== 'string' || !/^[a-z]+:./.test(uri))) {
    const fault = media.find((uri) => typeof uri !== 'string' || !/^[a-z]+:./.test(uri));
    const found = media.length === 0 ? media : fault;
    throw refuseOption(option, mustBe("a media URI such as 'sound:hello-world', or a list of them", found));
  }
  return media as readonly string[];
}

/** Digits, each of which a telephone can send. @throws {AriValidationError} */
export function checkDigits(option: string, value: unknown, byDefault: string): string {
  if (value === undefined) {
    return byDefault;
  }
  if (typeof value !== 'string' || [...value].some((digit) => !allDigits.includes(digit))) {
    throw refuseOption(option, `must be a text of digits of ${allDigits}, not ${describe(value)}`);
  }
  return value;
}

/** A text that is not empty. @throws {AriValidationError} */
export function checkText(option: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') {
    throw refuseOption(option, mustBe('a text', value));
  }
  return value;
}

/** A text that is not empty, or nothing. @throws {AriValidationError} */
export function checkOptionalText(option: string, value: unknown): string | undefined {
  return value === undefined ? undefined : checkText(option, value);
}
