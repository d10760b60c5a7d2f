import type { RelayOptions } from 'asterisk-ari/nats';
import type { HealthPlace } from './health.js';
import { checkEnvironment, type Environment } from './environment.js';
import { asteriskTls, natsOptions, natsServers } from './access.js';
import { levels, type Level } from './logger.js';
import { flagOf, names, UsageError, type Get, type Name } from './names.js';
import { firstOf, passwordOf, placesOf, type Flags } from './places.js';

/** All that the program needs to know. */
export interface Settings {
  readonly options: RelayOptions;
  readonly health: HealthPlace | undefined;
  readonly drainMs: number;
  readonly logLevel: Level;
}

/** What it cannot do without; a file may hold the password. */
const required: readonly Name[] = ['url', 'username', 'password', 'apps', 'nats'];

/**
 * The command line counts first, then the environment, then the file that `--config` names.
 * @throws {UsageError} naming what is missing or wrong
 */
export function readSettings(flags: Flags, environment: Environment): Settings {
  checkEnvironment(environment);
  const places = placesOf(flags, environment);
  const get: Get = (name) => firstOf(places, (place) => place(name));
  const missing = required.filter((name) => get(name) === undefined && !(name === 'password' && get('passwordFile')));
  if (missing.length > 0) throw new UsageError(missingText(missing));
  const need = (name: Name): string => get(name) ?? '';
  const port = get('healthPort');
  const unclaimed = get('unclaimed') as RelayOptions['unclaimed'];
  const secondsOf = (name: Name): number | undefined => seconds(name, get(name));
  return {
    options: {
      asterisk: { url: need('url'), username: need('username'), password: passwordOf(places), tls: asteriskTls(get) },
      apps: need('apps')
        .split(',')
        .map((app) => app.trim()),
      subscribeAll: isYes('subscribeAll', get('subscribeAll')),
      servers: natsServers(need('nats')),
      nats: natsOptions(get),
      prefix: get('prefix'),
      unclaimed,
      offerForMs: secondsOf('offerFor'),
      offerTimeoutMs: secondsOf('offerTimeout'),
      workerCheckMs: secondsOf('workerCheck'),
      announceMs: secondsOf('announce'),
      px: isYes('px', get('px')),
    },
    health: port === undefined ? undefined : { port: portOf(port), host: get('healthHost') ?? '127.0.0.1' },
    drainMs: secondsOf('drain') ?? 30_000,
    logLevel: levelOf(get('logLevel') ?? 'info'),
  };
}

/** All at once, so that nobody has to try again for each. */
function missingText(missing: readonly Name[]): string {
  const ways = missing.map((name) => `  ${name}: ${flagOf(name)} or ${names[name]}`);
  return ['these are missing, and may stand in --config, too:', ...ways].join('\n');
}

function isYes(name: Name, value: string | undefined): boolean {
  if (value !== undefined && !['true', '1', 'yes', 'false', '0', 'no'].includes(value)) {
    throw new UsageError(`${flagOf(name)} must be true or false, not ${value}`);
  }
  return value === 'true' || value === '1' || value === 'yes';
}

function seconds(name: Name, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value > 86_400)
    throw new UsageError(`${flagOf(name)} must be seconds, at most 86400, not ${text}`);
  return Math.round(value * 1000);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UsageError(`--health-port must be a whole number from 0 to 65535, not ${text}`);
  }
  return port;
}

function levelOf(text: string): Level {
  const level = levels.find((each) => each === text);
  if (level === undefined) throw new UsageError(`--log-level must be ${levels.join(', ')}, not ${text}`);
  return level;
}
