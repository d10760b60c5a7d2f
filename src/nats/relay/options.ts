import type { ClientOptions } from '../../client/options.js';
import { checkApps } from '../../client/registrations.js';
import { checkOptions } from '../../client/settings.js';
import {
  checkChoice,
  checkDuration,
  checkFlag,
  checkKnown,
  checkRecord,
  checkString,
  checkWithin,
  refuseOption,
} from '../../support/check-option.js';
import { describe } from '../../support/describe.js';
import { checkLogger, type Logger } from '../../support/logger.js';
import { checkAccess, type NatsAccess } from '../nats-access.js';
import { isOneLine } from '../names.js';
import { checkPxApps } from '../px/px-subjects.js';
import { Subjects } from '../subjects.js';

/** What becomes of a call that no worker takes. */
export type Unclaimed = 'hangup' | 'continue' | 'leave';

/** How a relay is to be. */
export interface RelayOptions extends NatsAccess {
  /** Where Asterisk is, and how its client is to be, as with `connect`. */
  readonly asterisk: ClientOptions;
  /** Stasis applications whose calls and events it passes on. */
  readonly apps: string | readonly string[];
  /** Has Asterisk send the events of everything, as `start` does. @default false */
  readonly subscribeAll?: boolean | undefined;
  /**
   * Where relay and Asterisk stand, such as the name of a host or a pod; no other relay has it. If both come back there together
   * and Asterisk has another entity id, workers know that the calls of the one before are over.
   */
  readonly place?: string | undefined;
  /** First words of all subjects. @default 'ari' */
  readonly prefix?: string | undefined;
  /** How long a worker has to say whether it takes a call, in milliseconds, at least 50 and at most `offerForMs`; then another one is asked. @default 1,000 */
  readonly offerTimeoutMs?: number | undefined;
  /** How long a call is offered, in milliseconds. @default 10,000 */
  readonly offerForMs?: number | undefined;
  /**
   * What becomes of a call then: it is hung up, goes on in the dialplan, or is left where it is and offered again when a
   * worker comes. @default 'hangup'; 'leave' with `px`, whose clients do not say what they take
   */
  readonly unclaimed?: Unclaimed | undefined;
  /** How often workers with calls are asked whether they are still there, in milliseconds, at least 50. @default 2,000 */
  readonly workerCheckMs?: number | undefined;
  /** How often it announces itself, in milliseconds, at least 100. @default 10,000 */
  readonly announceMs?: number | undefined;
  /** Is an ari-proxy besides, for its clients: under subjects that begin with `ari.`, whatever `prefix` is. @default false */
  readonly px?: boolean | undefined;
  /** Receives what it does and what goes wrong. Silent if left out. */
  readonly logger?: Logger | undefined;
}

/** Checked options with their defaults. */
export interface RelaySettings {
  readonly apps: readonly string[];
  readonly subscribeAll: boolean;
  readonly place: string | undefined;
  readonly subjects: Subjects;
  readonly offerTimeoutMs: number;
  readonly offerForMs: number;
  readonly unclaimed: Unclaimed;
  readonly workerCheckMs: number;
  readonly announceMs: number;
  readonly px: boolean;
  readonly logger: Logger;
}

const known = [
  ...(['asterisk', 'apps', 'subscribeAll', 'servers', 'nats', 'place', 'prefix', 'offerTimeoutMs'] as const),
  ...(['offerForMs', 'unclaimed', 'workerCheckMs', 'announceMs', 'px', 'logger'] as const),
] as const satisfies readonly (keyof RelayOptions)[];

/** Options of a client that a relay, which reads no event and passes all of them on, has no use for. */
const idle = ['validation', 'whenInvalid', 'eventFilter', 'listenerErrors'] as const;

/** What would do nothing, or harm. @throws {AriValidationError} */
function checkIdle(asterisk: ClientOptions): void {
  const name = idle.find((each) => asterisk[each] !== undefined);
  if (name !== undefined) {
    throw refuseOption(`asterisk.${name}`, 'says nothing to a relay, which passes all events on as they are');
  }
  if (asterisk.whenReplaced === 'takeBack') {
    const why = 'two relays would take the applications from each other for ever';
    throw refuseOption('asterisk.whenReplaced', `must be yield or left out: ${why}`);
  }
  if (asterisk.tls !== undefined && new URL(asterisk.url).protocol === 'http:') {
    throw refuseOption('asterisk.tls', 'says nothing with a url that begins with http:');
  }
}

/** It is shown in logs, of workers too. @throws {AriValidationError} */
function checkPlace(given: unknown): string {
  const place = checkString('place', given);
  if (!isOneLine(place)) {
    throw refuseOption('place', `must be without control characters such as line feeds, not ${describe(place)}`);
  }
  return place;
}

/** @throws {AriValidationError} naming the option and what is allowed */
export function checkRelayOptions(options: RelayOptions): RelaySettings {
  checkKnown(checkRecord('startRelay: options', options, known), known);
  checkRecord("option 'asterisk'", options.asterisk, ['url', 'username', 'password'], 'asterisk');
  checkWithin('asterisk', () => checkOptions(options.asterisk));
  checkIdle(options.asterisk);
  checkAccess(options);
  const px = checkFlag('px', options.px, false);
  const offerForMs = checkDuration('offerForMs', options.offerForMs, 10_000);
  const offerTimeoutMs = checkDuration('offerTimeoutMs', options.offerTimeoutMs, 1_000, 50);
  if (options.offerTimeoutMs !== undefined && offerTimeoutMs > offerForMs) {
    throw refuseOption('offerTimeoutMs', `must be at most the ${offerForMs} ms that a call is offered (offerForMs)`);
  }
  return {
    apps: px ? checkPxApps(options.apps) : checkApps(options.apps),
    subscribeAll: checkFlag('subscribeAll', options.subscribeAll, false),
    place: options.place === undefined ? undefined : checkPlace(options.place),
    subjects: new Subjects(options.prefix),
    offerTimeoutMs,
    offerForMs,
    unclaimed: checkChoice(
      'unclaimed',
      options.unclaimed,
      px ? ['leave', 'hangup', 'continue'] : ['hangup', 'continue', 'leave'],
    ),
    workerCheckMs: checkDuration('workerCheckMs', options.workerCheckMs, 2_000, 50),
    announceMs: checkDuration('announceMs', options.announceMs, 10_000, 100),
    px,
    logger: checkLogger(options.logger),
  };
}
