import { readFileSync } from 'node:fs';
import { credsAuthenticator } from '@nats-io/transport-node';
import type { RelayOptions } from 'asterisk-ari/nats';
import type { HealthPlace } from './health.js';
import { levels, type Level } from './logger.js';

/** What the command line says. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

type Environment = Readonly<Record<string, string | undefined>>;

/** All that the program needs to know. */
export interface Settings {
  readonly options: RelayOptions;
  readonly health: HealthPlace | undefined;
  readonly drainMs: number;
  readonly logLevel: Level;
}

/** The program was called wrongly. */
export class UsageError extends Error {}

/** Each setting: its flag, its variable, and its name in the configuration file. */
const names = {
  url: 'ARI_URL',
  username: 'ARI_USERNAME',
  password: 'ARI_PASSWORD',
  passwordFile: 'ARI_PASSWORD_FILE',
  apps: 'ARI_APPS',
  subscribeAll: 'ARI_SUBSCRIBE_ALL',
  nats: 'NATS_URL',
  natsUser: 'NATS_USER',
  natsPassword: 'NATS_PASSWORD',
  natsToken: 'NATS_TOKEN',
  natsCredentials: 'NATS_CREDENTIALS',
  natsCa: 'NATS_CA',
  natsCert: 'NATS_CERT',
  natsKey: 'NATS_KEY',
  prefix: 'ARI_RELAY_PREFIX',
  unclaimed: 'ARI_RELAY_UNCLAIMED',
  offerFor: 'ARI_RELAY_OFFER_FOR',
  px: 'ARI_RELAY_PX',
  healthPort: 'ARI_RELAY_HEALTH_PORT',
  healthHost: 'ARI_RELAY_HEALTH_HOST',
  drain: 'ARI_RELAY_DRAIN',
  logLevel: 'ARI_RELAY_LOG_LEVEL',
} as const;

type Name = keyof typeof names;

/**
 * The command line counts first, then the environment, then the file that `--config` names.
 * @throws {UsageError} naming what is missing or wrong
 */
export function readSettings(flags: Flags, environment: Environment): Settings {
  const file = readConfig(flags['config']);
  const get = (name: Name): string | undefined => {
    const value = [flags[name], environment[names[name]], file[name]].find((each) => each !== undefined && each !== '');
    return value === undefined ? undefined : text(name, value);
  };
  const need = (name: Name): string => {
    const value = get(name);
    if (value === undefined)
      throw new UsageError(`${name} is missing: ${flagOf(name)}, ${names[name]}, or in --config`);
    return value;
  };
  const port = get('healthPort');
  const unclaimed = get('unclaimed') as RelayOptions['unclaimed'];
  const offerFor = seconds('offerFor', get('offerFor'));
  // What the command line says counts, whatever a file names.
  const isFile = get('passwordFile') !== undefined && flags['password'] === undefined;
  const password = isFile ? readText('passwordFile', need('passwordFile')) : need('password');
  return {
    options: {
      asterisk: { url: need('url'), username: need('username'), password },
      apps: need('apps'),
      subscribeAll: isYes('subscribeAll', get('subscribeAll')),
      servers: need('nats').split(','),
      nats: natsOptions(get),
      prefix: get('prefix'),
      unclaimed,
      offerForMs: offerFor,
      px: isYes('px', get('px')),
    },
    health: port === undefined ? undefined : { port: portOf(port), host: get('healthHost') ?? '127.0.0.1' },
    drainMs: seconds('drain', get('drain')) ?? 30_000,
    logLevel: levelOf(get('logLevel') ?? 'info'),
  };
}

function isYes(name: Name, value: string | undefined): boolean {
  if (value !== undefined && !['true', '1', 'yes', 'false', '0', 'no'].includes(value)) {
    throw new UsageError(`${flagOf(name)} must be true or false, not ${value}`);
  }
  return value === 'true' || value === '1' || value === 'yes';
}

/** What a file holds may be anything. */
function text(name: Name, value: unknown): string {
  if (typeof value === 'object' || typeof value === 'function') {
    throw new UsageError(`${name} must be a text or a number`);
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function natsOptions(get: (name: Name) => string | undefined): NonNullable<RelayOptions['nats']> {
  const [user, pass, token, credentials] = [
    get('natsUser'),
    get('natsPassword'),
    get('natsToken'),
    get('natsCredentials'),
  ];
  const [caFile, certFile, keyFile] = [get('natsCa'), get('natsCert'), get('natsKey')];
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new UsageError('--nats-cert and --nats-key go together');
  }
  const hasTls = caFile !== undefined || certFile !== undefined;
  return {
    ...(user !== undefined && { user }),
    ...(pass !== undefined && { pass }),
    ...(token !== undefined && { token }),
    ...(credentials !== undefined && { authenticator: credsAuthenticator(readBytes(credentials)) }),
    ...(hasTls && { tls: { ...(caFile && { caFile }), ...(certFile && { certFile }), ...(keyFile && { keyFile }) } }),
  };
}

function readConfig(path: string | boolean | undefined): Record<string, unknown> {
  if (typeof path !== 'string') return {};
  let config: unknown;
  try {
    config = JSON.parse(readText('config', path));
  } catch (error) {
    throw error instanceof UsageError
      ? error
      : new UsageError(`config: ${path} is not JSON: ${(error as Error).message}`);
  }
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new UsageError(`config: ${path} must hold an object`);
  }
  const unknown = Object.keys(config).find((name) => !Object.hasOwn(names, name));
  if (unknown !== undefined) {
    throw new UsageError(`config: '${unknown}' does not exist; allowed are ${Object.keys(names).join(', ')}`);
  }
  return config as Record<string, unknown>;
}

function readBytes(path: string): Uint8Array {
  return Buffer.from(readText('natsCredentials', path));
}

/** A file's text, without the line's end that editors put there. */
function readText(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new UsageError(`${name}: ${(error as Error).message}`);
  }
}

function seconds(name: Name, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value >= 0 && value <= 86_400))
    throw new UsageError(`${flagOf(name)} must be seconds, at most 86400, not ${text}`);
  return Math.round(value * 1000);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new UsageError(`--health-port must be a whole number from 0 to 65535, not ${text}`);
  }
  return port;
}

function levelOf(text: string): Level {
  const level = levels.find((each) => each === text);
  if (level === undefined) throw new UsageError(`--log-level must be ${levels.join(', ')}, not ${text}`);
  return level;
}

function flagOf(name: Name): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
