/** The program was called wrongly. */
export class UsageError extends Error {}

/** Each setting: its flag, its variable, and its name in the configuration file. */
export const names = {
  url: 'ARI_URL',
  username: 'ARI_USERNAME',
  password: 'ARI_PASSWORD',
  passwordFile: 'ARI_PASSWORD_FILE',
  ca: 'ARI_CA',
  cert: 'ARI_CERT',
  key: 'ARI_KEY',
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
  place: 'ARI_RELAY_PLACE',
  prefix: 'ARI_RELAY_PREFIX',
  unclaimed: 'ARI_RELAY_UNCLAIMED',
  offerFor: 'ARI_RELAY_OFFER_FOR',
  offerTimeout: 'ARI_RELAY_OFFER_TIMEOUT',
  workerCheck: 'ARI_RELAY_WORKER_CHECK',
  announce: 'ARI_RELAY_ANNOUNCE',
  px: 'ARI_RELAY_PX',
  healthPort: 'ARI_RELAY_HEALTH_PORT',
  healthHost: 'ARI_RELAY_HEALTH_HOST',
  drain: 'ARI_RELAY_DRAIN',
  logLevel: 'ARI_RELAY_LOG_LEVEL',
} as const;

/** Options of `startRelay` that are called otherwise here. */
export const renamed: ReadonlyMap<string, Name> = new Map([
  ['servers', 'nats'],
  ['offerForMs', 'offerFor'],
  ['offerTimeoutMs', 'offerTimeout'],
  ['workerCheckMs', 'workerCheck'],
  ['announceMs', 'announce'],
  ['asterisk.url', 'url'],
  ['asterisk.username', 'username'],
  ['asterisk.password', 'password'],
]);

export type Name = keyof typeof names;

/** Those that are there or not. */
export const switches: readonly Name[] = ['subscribeAll', 'px'];

/** Gives a setting, if it was given. */
export type Get = (name: Name) => string | undefined;

/** What is given, wherever it stands. */
export interface Given {
  readonly get: Get;
  /** What somebody has called it: `--nats-user`, `NATS_USER` or `'natsUser' in --config`. */
  readonly called: (name: Name) => string;
}

/** What a setting is called on the command line. */
export function flagOf(name: Name): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
