import { checkChoice, checkDuration, checkGivenOptions, checkNames, refuseOption } from '../../support/check-option.js';
import { describe, mustBe } from '../../support/describe.js';
import type { BridgeMaker, FlowBridge } from '../bridge.js';
import { checkMedia, checkParty, checkPartyOption, checkSameAsteriskOption } from '../check.js';
import type { GapTeller } from '../gap-watch.js';
import type { ReleasableChannel } from '../lines.js';
import type { Media } from '../playing.js';

/** What `connect` needs of a client. */
export interface ConnectClient extends BridgeMaker, GapTeller {}

/** One of two channels, or both, in the order of `channels`. */
export type Side = 'first' | 'second';

/** Something that is played before the time is up. */
export interface Warning {
  /** How long before the end, in milliseconds; less than `limitMs`. */
  readonly beforeMs: number;
  /** What is played: media URIs. */
  readonly media: Media;
  /** Who hears it. @default `both` */
  readonly to?: 'both' | Side | undefined;
}

/** Options of {@link connect}. */
export interface ConnectOptions {
  /** The two channels, both in the application; they are taken out of the bridges that they are in. */
  readonly channels: readonly [ReleasableChannel, ReleasableChannel];
  /** A bridge with both of them in it, such as `dial` with early media gives; it is destroyed at the end, too. @default a new one */
  readonly bridge?: FlowBridge | undefined;
  /** Which of them are hung up after one has hung up, or the time is up. The others stay in the application. @default `both` */
  readonly hangup?: 'both' | Side | 'none' | undefined;
  /** Longest time in milliseconds; 0 for no limit. @default 0 */
  readonly limitMs?: number | undefined;
  /** What is played before that. @default nothing */
  readonly warnings?: readonly Warning[] | undefined;
  /** Ends it, and leaves both in the application. */
  readonly signal?: AbortSignal | undefined;
}

/** What is to be done, checked. */
export interface ConnectPlan {
  readonly channels: readonly [ReleasableChannel, ReleasableChannel];
  readonly bridge: FlowBridge | undefined;
  readonly released: readonly ReleasableChannel[];
  /** Infinity for no limit. */
  readonly limitMs: number;
  /** The first comes first. */
  readonly warnings: readonly { readonly beforeMs: number; readonly media: Media; readonly to: 'both' | Side }[];
}

const known = [
  'channels',
  'bridge',
  'hangup',
  'limitMs',
  'warnings',
  'signal',
] as const satisfies readonly (keyof ConnectOptions)[];

const knownOfWarning = ['beforeMs', 'media', 'to'] as const satisfies readonly (keyof Warning)[];

/** @throws {AriValidationError} */
export function checkConnect(client: ConnectClient, options: ConnectOptions): ConnectPlan {
  checkParty('connect', 'client', client, ['on', 'bridges.handle']);
  checkGivenOptions('connect', options, known);
  const { bridge } = options;
  const [first, second] = checkPair(client, options.channels);
  if (bridge !== undefined) {
    checkPartyOption('bridge', bridge, ['on', 'play', 'destroy']);
    checkSameAsteriskOption('bridge', bridge, client);
  }
  const hangup = checkChoice('hangup', options.hangup, ['both', 'first', 'second', 'none']);
  const limitMs = checkDuration('limitMs', options.limitMs, 0) || Infinity;
  return {
    channels: [first, second],
    bridge,
    released: { both: [first, second], first: [first], second: [second], none: [] }[hangup],
    limitMs,
    warnings: checkWarnings(options.warnings, limitMs),
  };
}

function checkPair(client: ConnectClient, value: unknown): readonly [ReleasableChannel, ReleasableChannel] {
  if (!Array.isArray(value) || value.length !== 2) {
    const isShortOrLong = Array.isArray(value) && value.length > 0;
    throw refuseOption(
      'channels',
      isShortOrLong
        ? `must be a list of two channels, not of ${value.length}`
        : mustBe('a list of two channels', value),
    );
  }
  for (const [index, channel] of value.entries()) {
    checkPartyOption(`channels[${index}]`, channel, ['on', 'waitFor', 'hangup', 'play']);
    checkSameAsteriskOption(`channels[${index}]`, channel, client);
  }
  const [first, second] = value as [ReleasableChannel, ReleasableChannel];
  if (first.id === second.id) {
    throw refuseOption('channels', `must be two, not ${first.id} twice`);
  }
  return [first, second];
}

function checkWarnings(value: unknown, limitMs: number): ConnectPlan['warnings'] {
  if (value !== undefined && !Array.isArray(value)) {
    throw refuseOption('warnings', `must be a list, not ${describe(value)}`);
  }
  const warnings = ((value ?? []) as readonly Warning[]).map((warning, index) => {
    const name = `warnings[${index}]`;
    checkNames(name, warning, knownOfWarning);
    const beforeMs = checkDuration(`${name}.beforeMs`, warning.beforeMs, Number.NaN);
    if (!(beforeMs > 0 && beforeMs < limitMs && limitMs !== Infinity)) {
      const most =
        limitMs === Infinity ? 'needs limitMs' : `must be at least 1 and less than limitMs, which is ${limitMs}`;
      throw refuseOption(`${name}.beforeMs`, `${most}, not ${describe(warning.beforeMs)}`);
    }
    const media = checkMedia(`${name}.media`, warning.media);
    return { beforeMs, media, to: checkChoice(`${name}.to`, warning.to, ['both', 'first', 'second']) };
  });
  return warnings.toSorted((one, other) => other.beforeMs - one.beforeMs);
}
