import type { Agent } from 'node:http';
import { guardLogger } from '../diagnostics/guarded-logger.js';
import { redactor, type Redact } from '../diagnostics/redact.js';
import { reconnectPolicy, type ReconnectPolicy } from '../events/reconnect.js';
import type { Fetch } from '../rest/fetch.js';
import type { TransportChoice } from '../rest/transport.js';
import { retryPolicy, type RetryPolicy } from '../rest/retry-policy.js';
import { checkDuration, checkWhole, refuseOption as refuse } from '../support/check-option.js';
import type { ValidationLevel } from '../contract/validation.js';
import { silentLogger, type Logger } from '../support/logger.js';
import type { TlsOptions } from '../rest/tls-options.js';
import type { ClientOptions } from './options.js';

/** Checked options with their defaults. */
export interface Settings {
  /** Base of all paths: the URL with its prefix and `/ari`, without a slash at the end. */
  readonly baseUrl: URL;
  /** The value of the `Authorization` header. */
  readonly authorization: string;
  readonly transport: TransportChoice;
  readonly fetch: Fetch | undefined;
  readonly timeoutMs: number;
  readonly maxSockets: number;
  readonly maxQueued: number;
  readonly retry: RetryPolicy;
  readonly reconnect: ReconnectPolicy | undefined;
  readonly pingIntervalMs: number;
  readonly takesBack: boolean;
  readonly slowAfterMs: number;
  /** Asterisk is to send only what is listened to. */
  readonly filters: boolean;
  readonly validation: ValidationLevel;
  readonly whenInvalid: 'deliver' | 'drop';
  readonly tls: TlsOptions | undefined;
  readonly agent: Agent | undefined;
  readonly logger: Logger;
  readonly redact: Redact;
}

const known = new Set<keyof ClientOptions>([
  ...(['url', 'username', 'password', 'transport', 'fetch', 'timeoutMs', 'maxSockets', 'maxQueued'] as const),
  ...(['retry', 'reconnect', 'pingIntervalMs', 'whenReplaced', 'slowAfterMs', 'tls', 'agent', 'logger'] as const),
  ...(['validation', 'whenInvalid', 'eventFilter'] as const),
]);

/** @throws {AriValidationError} naming the option and what is allowed */
export function checkOptions(options: ClientOptions): Settings {
  for (const name of Object.keys(options)) {
    if (!known.has(name as keyof ClientOptions)) {
      throw refuse(name, `does not exist; allowed are ${[...known].join(', ')}`);
    }
  }
  const { reconnect } = options;
  const authorization = checkCredentials(options.username, options.password);
  const redact = redactor([options.password, authorization.replace('Basic ', '')]);
  return {
    baseUrl: checkUrl(options.url),
    authorization,
    transport: checkChoice('transport', options.transport, ['auto', 'http', 'websocket']),
    fetch: checkFetch(options.fetch),
    timeoutMs: checkDuration('timeoutMs', options.timeoutMs, 10_000),
    maxSockets: checkWhole('maxSockets', options.maxSockets, 10, 1),
    maxQueued: checkWhole('maxQueued', options.maxQueued, 10_000, 0),
    retry: retryPolicy(options.retry),
    reconnect: reconnect === false ? undefined : reconnectPolicy(reconnect),
    pingIntervalMs: checkDuration('pingIntervalMs', options.pingIntervalMs, 15_000),
    takesBack: checkChoice('whenReplaced', options.whenReplaced, ['yield', 'takeBack']) === 'takeBack',
    slowAfterMs: checkDuration('slowAfterMs', options.slowAfterMs, 100),
    filters: checkFilter(options.eventFilter),
    validation: checkChoice('validation', options.validation, ['envelope', 'none', 'full']),
    whenInvalid: checkChoice('whenInvalid', options.whenInvalid, ['deliver', 'drop']),
    tls: options.tls,
    agent: options.agent,
    logger: guardLogger(checkLogger(options.logger), redact),
    redact,
  };
}

function checkUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw refuse('url', 'must be that of an HTTP server, such as http://localhost:8088/');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refuse('url', `must begin with http: or https:, not ${url.protocol}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw refuse('url', 'must not hold credentials; give username and password as options of their own');
  }
  url.search = '';
  url.hash = '';
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/ari') ? path : `${path}/ari`;
  return url;
}

/** Basic authentication separates the two at the first colon, and Asterisk cuts what is longer than 255 bytes. */
function checkCredentials(username: unknown, password: unknown): string {
  if (typeof username !== 'string' || username === '' || username.includes(':')) {
    throw refuse('username', 'must be a string that is not empty and has no colon');
  }
  if (typeof password !== 'string' || password === '') {
    throw refuse('password', 'must be a string that is not empty');
  }
  const pair = Buffer.from(`${username}:${password}`);
  if (pair.length > 254) {
    throw refuse('password', 'is too long: with the user name, Asterisk reads at most 254 bytes');
  }
  return `Basic ${pair.toString('base64')}`;
}

/** The first choice is the default. */
function checkChoice<T extends string>(name: string, value: T | undefined, choices: readonly [T, ...T[]]): T {
  if (value !== undefined && !choices.includes(value)) {
    throw refuse(name, `must be ${choices.join(' or ')}`);
  }
  return value ?? choices[0];
}

function checkFilter(choice: unknown): boolean {
  if (choice !== undefined && choice !== 'auto' && choice !== false) {
    throw refuse('eventFilter', "must be 'auto' or false");
  }
  return choice === 'auto';
}

function checkFetch(fetch: Fetch | undefined): Fetch | undefined {
  if (fetch !== undefined && typeof fetch !== 'function') {
    throw refuse('fetch', 'must be a function like the built-in fetch');
  }
  return fetch;
}

function checkLogger(logger: Logger = silentLogger): Logger {
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    if (typeof logger?.[level] !== 'function') {
      throw refuse('logger', 'must have the methods debug, info, warn and error');
    }
  }
  return logger;
}
