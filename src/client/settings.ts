import type { Agent } from 'node:http';
import { AriValidationError } from '../errors/validation-error.js';
import { reconnectPolicy, type ReconnectPolicy } from '../events/reconnect.js';
import { silentLogger, type Logger } from './logger.js';
import type { ClientOptions, TlsOptions } from './options.js';

/** Checked options with their defaults. */
export interface Settings {
  /** Base of all paths: the URL with its prefix and `/ari`, without a slash at the end. */
  readonly baseUrl: URL;
  /** The value of the `Authorization` header. */
  readonly authorization: string;
  readonly timeoutMs: number;
  readonly maxSockets: number;
  readonly maxQueued: number;
  readonly reconnect: ReconnectPolicy | undefined;
  readonly pingIntervalMs: number;
  readonly tls: TlsOptions | undefined;
  readonly agent: Agent | undefined;
  readonly logger: Logger;
}

const known = new Set<keyof ClientOptions>([
  ...(['url', 'username', 'password', 'timeoutMs', 'maxSockets', 'maxQueued'] as const),
  ...(['reconnect', 'pingIntervalMs', 'tls', 'agent', 'logger'] as const),
]);

/** @throws {AriValidationError} naming the option and what is allowed */
export function checkOptions(options: ClientOptions): Settings {
  for (const name of Object.keys(options)) {
    if (!known.has(name as keyof ClientOptions)) {
      throw refuse(name, `does not exist; allowed are ${[...known].join(', ')}`);
    }
  }
  const { reconnect } = options;
  return {
    baseUrl: checkUrl(options.url),
    authorization: checkCredentials(options.username, options.password),
    timeoutMs: checkNumber('timeoutMs', options.timeoutMs, 10_000, 0),
    maxSockets: checkNumber('maxSockets', options.maxSockets, 10, 1),
    maxQueued: checkNumber('maxQueued', options.maxQueued, 10_000, 0),
    reconnect: reconnect === false ? undefined : reconnectPolicy(reconnect),
    pingIntervalMs: checkNumber('pingIntervalMs', options.pingIntervalMs, 15_000, 0),
    tls: options.tls,
    agent: options.agent,
    logger: options.logger ?? silentLogger,
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

function checkNumber(name: string, value: unknown, byDefault: number, min: number): number {
  if (value === undefined) {
    return byDefault;
  }
  if (!Number.isInteger(value) || (value as number) < min) {
    throw refuse(name, `must be a whole number, at least ${min}`);
  }
  return value as number;
}

function refuse(option: string, why: string): AriValidationError {
  return new AriValidationError(`option '${option}' ${why}`, option);
}
