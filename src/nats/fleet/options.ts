import { checkClientClass, checkClientOptions, type ClientClass } from '../../client/client-class.js';
import type { ConnectOptions } from '../../client/options.js';
import { checkApps } from '../../client/registrations.js';
import {
  checkDuration,
  checkFlag,
  checkKnown,
  checkRecord,
  checkWhole,
  refuseOption,
} from '../../support/check-option.js';
import { checkLogger, type Logger } from '../../support/logger.js';
import { checkAccess, type NatsAccess } from '../nats-access.js';
import { Subjects } from '../subjects.js';

/**
 * How the clients behave, as with `connect`: `retry` goes for what finds no relay, no NATS or no Asterisk as well. Only `whenInvalid` is `drop` where it is left out: not all that can send to
 * a subject need be a relay.
 */
export type NodeClientOptions = Pick<
  ConnectOptions,
  'timeoutMs' | 'retry' | 'pingIntervalMs' | 'slowAfterMs' | 'validation' | 'whenInvalid'
>;

/** How a worker is to be, whatever its nodes speak. */
export interface CommonFleetOptions<C extends object> extends NatsAccess {
  /** What each node gets a client of: `AriClient`, of the package or of your own bindings. */
  readonly client: ClientClass<C>;
  /** Watches: has all events of all nodes, of all workers' calls, and takes and has no call itself. @default false */
  readonly observe?: boolean | undefined;
  /** How long nodes are waited for at the beginning, in milliseconds. @default 1,000 */
  readonly discoverMs?: number | undefined;
  readonly clientOptions?: NodeClientOptions | undefined;
  /** Receives what it does and what goes wrong. Silent if left out. */
  readonly logger?: Logger | undefined;
}

/** How a worker takes part in a fleet. */
export interface FleetOptions<C extends object> extends CommonFleetOptions<C> {
  /** Applications whose calls it takes once it listens to `StasisStart`. */
  readonly apps: string | readonly string[];
  /** First words of all subjects, as the relays have them. @default 'ari' */
  readonly prefix?: string | undefined;
  /** Workers of one group share the calls of an application: each goes to one of them. @default 'workers' */
  readonly group?: string | undefined;
  /** Most calls that it has at a time; others are left to other workers. @default no limit */
  readonly maxCalls?: number | undefined;
}

/** Checked options with their defaults. */
export interface CommonSettings<C extends object> {
  readonly client: ClientClass<C>;
  readonly apps: readonly string[];
  readonly observe: boolean;
  readonly discoverMs: number;
  readonly clientOptions: NodeClientOptions;
  readonly logger: Logger;
}

/** With what only relays of ours have. */
export interface FleetSettings<C extends object> extends CommonSettings<C> {
  readonly subjects: Subjects;
  readonly group: string;
  readonly maxCalls: number;
}

/** Names of the options that every worker has. */
export const commonOptionNames = [
  ...(['client', 'servers', 'nats', 'observe', 'discoverMs', 'clientOptions', 'logger'] as const),
] as const satisfies readonly (keyof CommonFleetOptions<object>)[];

const known = [
  ...commonOptionNames,
  ...(['apps', 'prefix', 'group', 'maxCalls'] as const),
] as const satisfies readonly (keyof FleetOptions<object>)[];

const clientOptionNames = [
  ...(['timeoutMs', 'retry', 'pingIntervalMs', 'slowAfterMs', 'validation', 'whenInvalid'] as const),
] as const satisfies readonly (keyof NodeClientOptions)[];

/** @throws {AriValidationError} naming the option and what is allowed */
export function checkFleetOptions<C extends object>(options: FleetOptions<C>): FleetSettings<C> {
  checkKnown(checkRecord('connectFleet: options', options, known), known);
  const common = checkCommonOptions(options, options.apps);
  const { group = 'workers' } = options;
  if (typeof group !== 'string' || !/^[\w-]+$/.test(group)) {
    throw refuseOption('group', 'must be a word of letters, digits, _ and -');
  }
  for (const option of ['group', 'maxCalls'] as const) {
    if (common.observe && options[option] !== undefined) {
      throw refuseOption(option, 'says nothing with observe: who watches takes no calls');
    }
  }
  return {
    ...common,
    subjects: new Subjects(options.prefix),
    group,
    maxCalls: options.maxCalls === undefined ? Infinity : checkWhole('maxCalls', options.maxCalls, 0, 1),
  };
}

/** @throws {AriValidationError} naming the option and what is allowed */
export function checkCommonOptions<C extends object>(
  options: CommonFleetOptions<C>,
  apps: string | readonly string[],
): CommonSettings<C> {
  const { clientOptions = {} } = options;
  checkAccess(options);
  const client = checkClientClass(options.client);
  checkClientOptions(clientOptions, clientOptionNames);
  return {
    client,
    apps: checkApps(apps),
    observe: checkFlag('observe', options.observe, false),
    discoverMs: checkDuration('discoverMs', options.discoverMs, 1_000),
    clientOptions: { ...clientOptions, whenInvalid: clientOptions.whenInvalid ?? 'drop' },
    logger: checkLogger(options.logger),
  };
}
