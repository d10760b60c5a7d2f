import { asteriskOf } from '../contract/asterisk-of.js';
import { AriValidationError } from '../errors/validation-error.js';
import { faultIn } from '../rest/json-fault.js';
import { breach } from '../rest/text-rules.js';
import { checkWhole, refuseOption } from '../support/check-option.js';
import { describe, mustBe } from '../support/describe.js';
import { isRecord } from '../support/is-record.js';
import { isPlain } from '../support/is-plain.js';
import type { FlowChannel } from './parties.js';

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

/**
 * What a flow acts on must be of one Asterisk: what it asks for one object would go to another of the same id. Which one it is of
 * is known of fleets and outbound connections; two connections may be to the same.
 * @param of the client, or an object of it
 * @throws {AriValidationError}
 */
export function checkSameAsterisk(flow: string, what: string, value: unknown, of: unknown): void {
  const fault = differenceOf(value, of);
  if (fault !== undefined) {
    throw new AriValidationError(`${flow}: ${what} ${fault}`, what);
  }
}

/** The same for an option. @throws {AriValidationError} */
export function checkSameAsteriskOption(option: string, value: unknown, of: unknown): void {
  const fault = differenceOf(value, of);
  if (fault !== undefined) {
    throw refuseOption(option, fault);
  }
}

function differenceOf(value: unknown, of: unknown): string | undefined {
  const [own, wanted] = [asteriskOf(value), asteriskOf(of)];
  const isSame = own === undefined || wanted === undefined || own === wanted;
  return isSame ? undefined : `must be of the same Asterisk as the rest, ${wanted}, not of ${own}`;
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
  // What a list leaves out is in it all the same.
  const media: readonly unknown[] = Array.isArray(value) ? Array.from(value) : [value];
  const isWrong = (uri: unknown): boolean => typeof uri !== 'string' || !/^[a-z]+:./.test(uri);
  if (media.length === 0 || media.some(isWrong)) {
    const found = media.length === 0 ? media : media.find(isWrong);
    throw refuseOption(option, mustBe("a media URI such as 'sound:hello-world', or a list of them", found));
  }
  for (const uri of media) {
    checkSendable(option, uri);
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

/** A text of one line that says something. @throws {AriValidationError} */
export function checkText(option: string, value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') {
    throw refuseOption(option, mustBe('a text that is not blank', value));
  }
  if (/\p{Cc}/u.test(value)) {
    throw refuseOption(option, `must be a text without control characters such as line feeds, not ${describe(value)}`);
  }
  checkSendable(option, value);
  return value;
}

/** What Asterisk would not get as it is: half characters, or what a NUL cuts. @throws {AriValidationError} */
function checkSendable(option: string, value: unknown): void {
  const fault = faultIn(value);
  if (fault !== undefined) {
    const found = fault.path === '' ? `, not ${describe(value)}` : '';
    throw refuseOption(`${option}${fault.path}`, `${fault.why}${found}`);
  }
}

/** Values of variables by their names, or nothing. @throws {AriValidationError} */
export function checkVariables(option: string, value: unknown): Readonly<Record<string, string>> | undefined {
  if (value === undefined) {
    return undefined;
  }
  const isGood = isRecord(value) && isPlain(value);
  const wrong = isGood ? Object.values(value).find((each) => typeof each !== 'string') : value;
  if (!isGood || wrong !== undefined) {
    throw refuseOption(option, `must be texts by the names of variables, not ${describe(wrong)}`);
  }
  checkSendable(option, value);
  return value as Readonly<Record<string, string>>;
}

/** A text that says something, or nothing. @throws {AriValidationError} */
export function checkOptionalText(option: string, value: unknown): string | undefined {
  return value === undefined ? undefined : checkText(option, value);
}

/** An endpoint. @throws {AriValidationError} */
export function checkEndpoint(option: string, value: unknown): string {
  if (typeof value !== 'string' || !/^[^/\s]+\/./.test(value)) {
    throw refuseOption(option, mustBe("an endpoint such as 'PJSIP/alice'", value));
  }
  checkSendable(option, value);
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

/**
 * An application that the client hears: what becomes of a channel in one of another client is not told here.
 * @param channel any of the client
 * @throws {AriValidationError}
 */
export function checkHeard(option: string, app: string, channel: Pick<FlowChannel, 'on'>): void {
  try {
    channel.on('ChannelHangupRequest', () => undefined, { application: app }).close();
  } catch (error) {
    if (error instanceof AriValidationError) {
      const why = error.message.replace(/^.*option 'application': /, '');
      throw refuseOption(option, `is of no use here: ${why}`);
    }
    throw error;
  }
}
