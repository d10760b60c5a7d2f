import {
  checkDuration,
  checkFunction,
  checkGivenOptions,
  checkNames,
  refuseOption,
} from '../../support/check-option.js';
import { describe } from '../../support/describe.js';
import {
  checkApp,
  checkEndpoint,
  checkHeard,
  checkOptionalText,
  checkParty,
  checkPartyOption,
  checkSameAsteriskOption,
  checkSeconds,
  checkMedia,
  checkText,
  checkVariables,
} from '../check.js';
import type { Media } from '../playing.js';
import type { CallingChannel, ChannelOf, DialClient } from './parties.js';

/** Somebody to dial. */
export interface DialTarget {
  /** `PJSIP/alice`, `Local/100@office`. */
  readonly endpoint: string;
  /** Who calls, as that endpoint is told: `"Jane Doe" <100>`. @default that of `dial` */
  readonly callerId?: string | undefined;
  /** Variables of its channel: `{ 'PJSIP_HEADER(add,X-Queue)': 'sales' }`. @default none */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Seconds that it rings, at least 1. @default that of `dial` */
  readonly ringSeconds?: number | undefined;
}

/** An endpoint, with what else is to be said of it, if anything. */
export type Target = string | DialTarget;

/**
 * What the caller hears meanwhile: `ring`, what his phone or Asterisk makes; `{ moh: 'default' }`, music of a class;
 * `{ media: 'sound:please-wait' }`, media URIs, played again and again; `earlyMedia`, what the dialled network sends, such
 * as announcements and its own ringing; `none`.
 */
export type Ringback = 'ring' | 'earlyMedia' | 'none' | { readonly moh: string } | { readonly media: Media };

/** What `confirm` is called with. */
export interface Confirmation<C> {
  /** The channel that has answered. */
  readonly channel: C;
  /** Its endpoint. */
  readonly endpoint: string;
  /** Aborts when the answer is not wanted any more: another has accepted, the caller has hung up, time is up. */
  readonly signal: AbortSignal;
}

/** Options of {@link dial}. */
export interface DialOptions<C> {
  /**
   * Whom to dial: one after the other, and the items of an inner list at once: `['PJSIP/a', ['PJSIP/b', 'PJSIP/c']]`
   * dials a and, if that fails, b and c.
   */
  readonly targets: Target | readonly (Target | readonly Target[])[];
  /** The application that the dialled channels come into; this client must have been started for it. */
  readonly app: string;
  /** The arguments of their `StasisStart`, by which the application tells them from callers. @default `dialed` */
  readonly appArgs?: string | undefined;
  /** Who wants to be connected: he hears the ringback, is answered once somebody has, and may hang up. @default nobody */
  readonly caller?: CallingChannel | undefined;
  /** Who calls, as the targets are told. @default that of `caller`, if it is a `Channel` and no handle */
  readonly callerId?: string | undefined;
  /** What the caller hears meanwhile. `earlyMedia` is for one target at a time. @default `ring` */
  readonly ringback?: Ringback | undefined;
  /** Seconds that each target rings, at least 1. @default 30 */
  readonly ringSeconds?: number | undefined;
  /** Longest time for all of it in milliseconds, with `confirm`; 0 for no limit. @default 0 */
  readonly timeoutMs?: number | undefined;
  /**
   * Whether somebody who has answered takes the call: true, or a promise of it. The others go on ringing meanwhile; the
   * first to accept gets it.
   * @default whoever answers first gets it
   */
  readonly confirm?: ((confirmation: Confirmation<C>) => boolean | Promise<boolean>) | undefined;
  /** Gives it up. */
  readonly signal?: AbortSignal | undefined;
}

/** What a leg is made with. */
export interface LegPlan {
  readonly endpoint: string;
  readonly callerId: string | undefined;
  readonly variables: Readonly<Record<string, string>> | undefined;
  readonly ringSeconds: number;
}

/** What is to be done, checked. */
export interface DialPlan<C> {
  readonly groups: readonly (readonly LegPlan[])[];
  readonly app: string;
  readonly appArgs: string;
  readonly caller: CallingChannel | undefined;
  /** That of the options; not the caller's own, which Asterisk knows. */
  readonly ringback: Ringback;
  /** Infinity for no limit. */
  readonly timeoutMs: number;
  readonly confirm: DialOptions<C>['confirm'];
}

export const dialOptions = [
  'targets',
  'app',
  'appArgs',
  'caller',
  'callerId',
  'ringback',
  'ringSeconds',
  'timeoutMs',
  'confirm',
  'signal',
] as const satisfies readonly (keyof DialOptions<unknown>)[];

const knownOfTarget = [
  'endpoint',
  'callerId',
  'variables',
  'ringSeconds',
] as const satisfies readonly (keyof DialTarget)[];

/** @throws {AriValidationError} */
export function checkDial<Client extends DialClient>(
  flow: string,
  client: Client,
  options: DialOptions<ChannelOf<Client>>,
): DialPlan<ChannelOf<Client>> {
  checkParty(flow, 'client', client, ['on', 'channels.handle', 'bridges.handle']);
  checkGivenOptions(flow, options, dialOptions);
  const { caller, confirm } = options;
  if (caller !== undefined) {
    checkPartyOption('caller', caller, ['on', 'waitFor', 'answer', 'ring', 'startMoh', 'play']);
    checkSameAsteriskOption('caller', caller, client);
  }
  checkFunction('confirm', confirm);
  const groups = checkTargets(options, checkOptionalText('callerId', options.callerId) ?? callerIdOf(caller));
  const app = checkApp('app', options.app);
  checkHeard('app', app, client.channels.handle());
  return {
    groups,
    app,
    appArgs: checkOptionalText('appArgs', options.appArgs) ?? 'dialed',
    caller,
    ringback: checkRingback(options.ringback, caller, groups),
    timeoutMs: checkDuration('timeoutMs', options.timeoutMs, 0) || Infinity,
    confirm,
  };
}

function checkTargets(options: DialOptions<never>, callerId: string | undefined): LegPlan[][] {
  const ringSeconds = checkSeconds('ringSeconds', options.ringSeconds, 30, 1);
  const items: readonly unknown[] = Array.isArray(options.targets) ? options.targets : [options.targets];
  const groups = items.map((item, index) => {
    const isGroup = Array.isArray(item);
    const group: readonly unknown[] = isGroup ? item : [item];
    if (group.length === 0) {
      throw refuseOption(`targets[${index}]`, 'must not be empty: at least one endpoint');
    }
    return group.map((target, member) => {
      const name = `targets[${index}]${isGroup ? `[${member}]` : ''}`;
      return checkTarget(Array.isArray(options.targets) ? name : 'targets', target, { callerId, ringSeconds });
    });
  });
  if (groups.length === 0) {
    throw refuseOption('targets', 'must not be empty: at least one endpoint');
  }
  return groups;
}

function checkTarget(
  option: string,
  value: unknown,
  byDefault: { readonly callerId: string | undefined; readonly ringSeconds: number },
): LegPlan {
  const isNamed = typeof value === 'object' && value !== null;
  if (isNamed) {
    checkNames(option, value, knownOfTarget);
  }
  const target = (isNamed ? value : { endpoint: value }) as DialTarget;
  return {
    endpoint: checkEndpoint(isNamed ? `${option}.endpoint` : option, target.endpoint),
    callerId: checkOptionalText(`${option}.callerId`, target.callerId) ?? byDefault.callerId,
    variables: checkVariables(`${option}.variables`, target.variables),
    ringSeconds: checkSeconds(`${option}.ringSeconds`, target.ringSeconds, byDefault.ringSeconds, 1),
  };
}

function checkRingback(
  value: unknown,
  caller: CallingChannel | undefined,
  groups: readonly (readonly LegPlan[])[],
): Ringback {
  const sound = typeof value === 'object' && value !== null ? checkSound(value) : undefined;
  if (sound !== undefined) {
    return caller === undefined ? 'none' : sound;
  }
  if (value !== undefined && (typeof value !== 'string' || !['ring', 'earlyMedia', 'none'].includes(value))) {
    throw refuseRingback(value);
  }
  if (value === 'earlyMedia' && caller === undefined) {
    throw refuseOption('ringback', "can be earlyMedia only with 'caller', who is to hear it");
  }
  if (value === 'earlyMedia' && groups.some(({ length }) => length > 1)) {
    throw refuseOption('ringback', 'can be earlyMedia only where targets are dialled one after the other, not at once');
  }
  return caller === undefined ? 'none' : ((value ?? 'ring') as Ringback);
}

/** @throws {AriValidationError} for what is neither music nor media */
function checkSound(value: { readonly moh?: unknown; readonly media?: unknown }): Ringback {
  const [name, ...others] = Object.keys(value);
  if (name === 'media' && others.length === 0) {
    return { media: checkMedia('ringback.media', value.media) };
  }
  if (name === 'moh' && others.length === 0) {
    return { moh: checkText('ringback.moh', value.moh) };
  }
  throw refuseRingback(value);
}

function refuseRingback(value: unknown): Error {
  const allowed = 'ring or earlyMedia or none or { moh: CLASS } or { media: MEDIA }';
  return refuseOption('ringback', `must be ${allowed}, not ${describe(value)}`);
}

/** Who calls on a channel, as a caller id; undefined where that is not known. */
export function callerIdOf(caller: Pick<CallingChannel, 'caller'> | undefined): string | undefined {
  const { name = '', number = '' } = caller?.caller ?? {};
  const text = name === '' ? number : `"${name.replaceAll('"', "'")}" <${number}>`;
  return text === '' ? undefined : text;
}
