import type { RelayOptions } from 'asterisk-ari/nats';
import type { HealthPlace } from './health.js';
import { checkEnvironment, type Environment } from './environment.js';
import { asteriskTls, natsOptions, natsServers } from './access.js';
import { jsonLogger, levels, type Level, type Logger } from './logger.js';
import { flagOf, names, UsageError, type Given, type Name } from './names.js';
import { givenAt, passwordOf, placesOf, type Flags } from './places.js';

/** All that the program needs to know. */
export interface Settings {
  readonly options: RelayOptions;
  readonly health: HealthPlace | undefined;
  readonly drainMs: number;
  readonly logger: Logger;
  /** What somebody has called a setting. */
  readonly called: Given['called'];
}

/** The least of some times, in milliseconds. */
const least: Partial<Record<Name, number>> = { offerTimeout: 50, workerCheck: 50, announce: 100 };

/** What it cannot do without; a file may hold the password. */
const required: readonly Name[] = ['url', 'username', 'password', 'apps', 'nats'];

/**
 * The command line counts first, then the environment, then the file that `--config` names.
 * @param write takes the lines of the log
 * @throws {UsageError} naming what is missing or wrong
 */
export function readSettings(flags: Flags, environment: Environment, write: (line: string) => void): Settings {
  checkEnvironment(environment);
  const places = placesOf(flags, environment);
  const given = givenAt(places);
  const { get, called } = given;
  const missing = required.filter((name) => get(name) === undefined && !(name === 'password' && get('passwordFile')));
  if (missing.length > 0) throw new UsageError(missingText(missing));
  const logger = jsonLogger(levelOf(given), write);
  const need = (name: Name): string => get(name) ?? '';
  const unclaimed = get('unclaimed') as RelayOptions['unclaimed'];
  const secondsOf = (name: Name): number | undefined => seconds(name, given);
  return {
    options: {
      asterisk: { url: need('url'), username: need('username'), password: passwordOf(places), tls: asteriskTls(given) },
      apps: need('apps')
        .split(',')
        .map((app) => app.trim()),
      subscribeAll: isYes('subscribeAll', given),
      servers: natsServers(given),
      nats: natsOptions(given, (message) => logger.warn(message)),
      place: get('place'),
      prefix: get('prefix'),
      unclaimed,
      offerForMs: secondsOf('offerFor'),
      offerTimeoutMs: secondsOf('offerTimeout'),
      workerCheckMs: secondsOf('workerCheck'),
      announceMs: secondsOf('announce'),
      px: isYes('px', given),
    },
    health: healthPlace(given),
    drainMs: secondsOf('drain') ?? 30_000,
    logger,
    called,
  };
}

/** All at once, so that nobody has to try again for each. */
function missingText(missing: readonly Name[]): string {
  const ways = missing.map((name) => `  ${name}: ${flagOf(name)} or ${names[name]}`);
  return ['these are missing, and may stand in --config, too:', ...ways].join('\n');
}

function isYes(name: Name, { get, called }: Given): boolean {
  const value = get(name);
  if (value !== undefined && !['true', '1', 'yes', 'false', '0', 'no'].includes(value)) {
    throw new UsageError(`${called(name)} must be true or false, not ${value}`);
  }
  return value === 'true' || value === '1' || value === 'yes';
}

function seconds(name: Name, { get, called }: Given): number | undefined {
  const text = get(name);
  if (text === undefined) return undefined;
  const ms = Math.round(Number(text) * 1000);
  const { [name]: leastMs = 0 } = least;
  if (!/^\d+(\.\d+)?$/.test(text) || ms > 86_400_000 || ms < leastMs) {
    const atLeast = leastMs === 0 ? '' : `at least ${leastMs / 1000} and `;
    throw new UsageError(`${called(name)} must be seconds, ${atLeast}at most 86400, not ${text}`);
  }
  return ms;
}

function healthPlace({ get, called }: Given): HealthPlace | undefined {
  const [text, host] = [get('healthPort'), get('healthHost')];
  if (text === undefined) {
    if (host !== undefined)
      throw new UsageError(`${called('healthHost')} says nothing without ${flagOf('healthPort')}`);
    return undefined;
  }
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UsageError(`${called('healthPort')} must be a whole number from 0 to 65535, not ${text}`);
  }
  return { port, host: host ?? '127.0.0.1' };
}

function levelOf({ get, called }: Given): Level {
  const text = get('logLevel') ?? 'info';
  const level = levels.find((each) => each === text);
  if (level === undefined) throw new UsageError(`${called('logLevel')} must be ${levels.join(', ')}, not ${text}`);
  return level;
}
