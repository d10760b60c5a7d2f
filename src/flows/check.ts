import { AriValidationError } from '../errors/validation-error.js';
import { breach } from '../rest/text-rules.js';
import { checkWhole, refuseOption } from '../support/check-option.js';
import { describe, mustBe } from '../support/describe.js';

/** Longest name of an application, in bytes. */
const longestApp = 73;

/** What a telephone can send. */
export const allDigits = '0123456789*#ABCD';

/** The name of an application, as requests take it. @throws {AriValidationError} */
export function checkApp(option: string, value: unknown): string {
  const app = checkText(option, value);
  const why =
    breach('argument', app) ??
    (Buffer.byteLength(app) > longestApp ? `must have ${longestApp} bytes at most` : undefined);
  if (why !== undefined) {
    throw refuseOption(option, `${why}, not ${describe(app)}`);
  }
  return app;
}

/** What is wrong with an option is said with the call that it is of: `Queue: option 'app' is missing`. */
export function checkIn<T>(call: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof AriValidationError && error.message.startsWith("option '")) {
      throw new AriValidationError(`${call}: ${error.message}`, error.parameter);
    }
    throw error;
  }
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

/** An endpoint. @throws {AriValidationError} */
export function checkEndpoint(option: string, value: unknown): string {
  if (typeof value !== 'string' || !/^[^/\s]+\/./.test(value)) {
    throw refuseOption(option, mustBe("an endpoint such as 'PJSIP/alice'", value));
  }
  return value;
}

/** Asterisk counts them in milliseconds, of 32 bits. */
const maxSeconds = 2_147_483;

/** Seconds, as Asterisk can count them. @throws {AriValidationError} */
export function checkSeconds(option: string, value: unknown, byDefault: number, min: number): number {
  const seconds = checkWhole(option, value, byDefault, min);
  if (seconds > maxSeconds) {
    throw refuseOption(option, `must be at most ${maxSeconds}, not ${seconds}`);
  }
  return seconds;
}
