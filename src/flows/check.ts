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

/**
 * What a flow is given to act on, before its options.
 * @param methods that the flow calls: `on`, `bridges.handle`
 * @throws {AriValidationError} if it has not all of them
 */
export function checkParty(flow: string, what: string, value: unknown, methods: readonly string[]): void {
  if (!methods.every((path) => hasMethod(value, path))) {
    throw new AriValidationError(`${flow}: ${what} must be ${partyOf(what)}, not ${describe(value)}`, what);
  }
}

/** The same for an option. @throws {AriValidationError} */
export function checkPartyOption(option: string, value: unknown, methods: readonly string[]): void {
  if (!methods.every((path) => hasMethod(value, path))) {
    throw refuseOption(option, mustBe(partyOf(option), value));
  }
}

function hasMethod(party: unknown, path: string): boolean {
  let found = party;
  for (const name of path.split('.')) {
    found = (found as Record<string, unknown> | null | undefined)?.[name];
  }
  return typeof found === 'function';
}

function partyOf(what: string): string {
  return what === 'client' ? 'a client' : `a ${what === 'bridge' ? 'bridge' : 'channel'} of the client`;
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

/** A text of one line that is not empty. @throws {AriValidationError} */
export function checkText(option: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') {
    throw refuseOption(option, mustBe('a text that is not empty', value));
  }
  if (/\p{Cc}/u.test(value)) {
    throw refuseOption(option, `must be a text without control characters such as line feeds, not ${describe(value)}`);
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
