import type { ConnectionOptions } from '@nats-io/transport-node';
import {
  checkDuration,
  checkFlag,
  checkFunction,
  checkNames,
  checkRecord,
  checkString,
  checkWhole,
  refuseOption,
} from '../support/check-option.js';
import { describe } from '../support/describe.js';

/** Looks at the value of an option. @throws {AriValidationError} naming the option and what is allowed */
type Check = (option: string, value: unknown) => void;

const flag: Check = (option, value) => checkFlag(option, value, false);
const ms: Check = (option, value) => checkDuration(option, value, 0);
const text: Check = (option, value) => checkString(option, value);

/** None of it is told. */
const secret: Check = (option, value) => {
  if (typeof value !== 'string' || value === '') {
    throw refuseOption(option, 'must be a string that is not empty');
  }
};

const subject: Check = (option, value) => {
  if (typeof value !== 'string' || !/^[^\s.*>]+(\.[^\s.*>]+)*$/.test(value)) {
    const allowed = 'must be words without blanks, * and >, with dots between them';
    throw refuseOption(option, `${allowed}, not ${describe(value)}`);
  }
};

const authenticator: Check = (option, value) => {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (all.length === 0 || all.some((each) => typeof each !== 'function')) {
    throw refuseOption(option, 'must be what credsAuthenticator() and its like make, or a list of that');
  }
};

/** No TLS is null for NATS. */
const tls: Check = (option, value) => {
  if (value !== null) {
    const names = ['ca', 'caFile', 'cert', 'certFile', 'key', 'keyFile'];
    const { handshakeFirst } = checkRecord(`option '${option}'`, value, names, option);
    checkFlag(`${option}.handshakeFirst`, handshakeFirst, false);
  }
};

/** All options: one that the package comes to have is missed by the compiler. Addresses are looked at elsewhere. */
const checks: Readonly<Record<keyof ConnectionOptions, Check>> = {
  authenticator,
  debug: flag,
  ignoreAuthErrorAbort: flag,
  ignoreClusterUpdates: flag,
  inboxPrefix: subject,
  maxPingOut: (option, value) => checkWhole(option, value, 0, 1),
  maxReconnectAttempts: (option, value) => checkWhole(option, value, 0, -1),
  name: text,
  noAsyncTraces: flag,
  noEcho: flag,
  noRandomize: flag,
  pass: secret,
  pedantic: flag,
  pingInterval: ms,
  port: (option, value) => checkWhole(option, value, 0, 1),
  reconnect: flag,
  reconnectDelayHandler: checkFunction,
  reconnectJitter: ms,
  reconnectJitterTLS: ms,
  reconnectTimeWait: ms,
  reconnectToServer: checkFunction,
  resolve: flag,
  servers: () => undefined,
  timeout: ms,
  tls,
  token: secret,
  user: text,
  verbose: flag,
  waitOnFirstConnect: flag,
};

/**
 * What `connect` of `@nats-io/transport-node` takes. What is wrong with it would be found only as the connection is made, and
 * the server be blamed.
 * @throws {AriValidationError} naming the option and what is allowed
 */
export function checkNatsOptions(options: ConnectionOptions): void {
  checkNames('nats', options, Object.keys(checks));
  for (const [name, check] of Object.entries(checks)) {
    const value = options[name as keyof ConnectionOptions];
    if (value !== undefined) {
      check(`nats.${name}`, value);
    }
  }
  checkWays(options);
}

/** There is one way to show who one is. */
function checkWays({ authenticator: made, user, pass, token }: ConnectionOptions): void {
  if ((user === undefined) !== (pass === undefined)) {
    throw refuseOption(user === undefined ? 'nats.pass' : 'nats.user', 'says nothing alone: nats.user and nats.pass');
  }
  const given = Object.entries({ user, token, authenticator: made }).filter(([, value]) => value !== undefined);
  const [first, second] = given.map(([name]) => `nats.${name}`);
  if (first !== undefined && second !== undefined) {
    throw refuseOption(second, `is given beside ${first}: give one of them`);
  }
}
