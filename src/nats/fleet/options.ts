import type { ClientOptions, ConnectOptions } from '../../client/options.js';
import { checkApps } from '../../client/registrations.js';
import { checkDuration, checkFlag, checkNames, checkWhole, refuseOption } from '../../support/check-option.js';
import { checkLogger, silentLogger, type Logger } from '../../support/logger.js';
import type { NatsAccess } from '../open-nats.js';
import { Subjects } from '../subjects.js';

/** How the clients behave, as with `connect`. */
export type NodeClientOptions = Pick<
  ConnectOptions,
  'timeoutMs' | 'retry' | 'pingIntervalMs' | 'slowAfterMs' | 'validation' | 'whenInvalid'
>;

/** How a worker takes part in a fleet. */
export interface FleetOptions<C extends object> extends NatsAccess {
  /** What each node gets a client of: `AriClient`, of the package or of your own bindings. */
  readonly client: new (options: ClientOptions) => C;
  /** Applications whose calls it takes once it listens to `StasisStart`. */
  readonly apps: string | readonly string[];
  /** First words of all subjects, as the relays have them. @default 'ari' */
  readonly prefix?: string | undefined;
  /** Workers of one group share the calls of an application: each goes to one of them. @default 'workers' */
  readonly group?: string | undefined;
  /** Most calls that it has at a time; others are left to other workers. @default no limit */
  readonly maxCalls?: number | undefined;
  /** Has all events of all nodes, of other workers' calls too: for who watches. @default false */
  readonly observe?: boolean | undefined;
  /** How long relays are waited for at the beginning, in milliseconds. @default 1,000 */
  readonly discoverMs?: number | undefined;
  readonly clientOptions?: NodeClientOptions | undefined;
  /** Receives what it does and what goes wrong. Silent if left out. */
  readonly logger?: Logger | undefined;
}

/** Checked options with their defaults. */
export interface FleetSettings<C extends object> {
  readonly client: new (options: ClientOptions) => C;
  readonly apps: readonly string[];
  readonly subjects: Subjects;
  readonly group: string;
  readonly maxCalls: number;
  readonly observe: boolean;
  readonly discoverMs: number;
  readonly clientOptions: NodeClientOptions;
  readonly logger: Logger;
}

const known = [
  ...(['client', 'apps', 'servers', 'nats', 'prefix', 'group', 'maxCalls', 'observe', 'discoverMs'] as const),
  ...(['clientOptions', 'logger'] as const),
] as const satisfies readonly (keyof FleetOptions<object>)[];

const clientOptionNames = [
  ...(['timeoutMs', 'retry', 'pingIntervalMs', 'slowAfterMs', 'validation', 'whenInvalid'] as const),
] as const satisfies readonly (keyof NodeClientOptions)[];

/** @throws {AriValidationError} naming the option and what is allowed */
export function checkFleetOptions<C extends object>(options: FleetOptions<C>): FleetSettings<C> {
  checkNames('options', options, known);
  const { client, group = 'workers', clientOptions = {} } = options;
  if (typeof client !== 'function') {
    throw refuseOption('client', "must be a class of generated bindings, such as AriClient of 'asterisk-ari'");
  }
  if (typeof group !== 'string' || !/^[\w-]+$/.test(group)) {
    throw refuseOption('group', 'must be a word of letters, digits, _ and -');
  }
  checkNames('clientOptions', clientOptions, clientOptionNames);
  return {
    client,
    apps: checkApps(options.apps),
    subjects: new Subjects(options.prefix ?? 'ari'),
    group,
    maxCalls: options.maxCalls === undefined ? Infinity : checkWhole('maxCalls', options.maxCalls, 0, 1),
    observe: checkFlag('observe', options.observe, false),
    discoverMs: checkDuration('discoverMs', options.discoverMs, 1_000),
    clientOptions,
    logger: checkLogger(options.logger ?? silentLogger),
  };
}
