import type { Environment } from './environment.js';
import { readConfig, readText } from './files.js';
import { flagOf, names, UsageError, type Get, type Given, type Name } from './names.js';

/** What the command line says. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

/** Where settings stand. */
interface Place {
  readonly get: Get;
  /** What a setting is called there. */
  readonly nameOf: (name: Name) => string;
}

/** Where settings stand, what counts first before the others: command line, environment, the file that `--config` names. */
export function placesOf(flags: Flags, environment: Environment): Place[] {
  return [
    { get: valuesIn(flags), nameOf: flagOf },
    { get: valuesIn(named(environment)), nameOf: (name) => names[name] },
    { get: valuesIn(readConfig(flags['config'])), nameOf: (name) => `'${name}' in --config` },
  ];
}

/** What is given at any of the places. */
export function givenAt(places: readonly Place[]): Given {
  return {
    get: (name) => firstOf(places, (get) => get(name)),
    called: (name) => (places.find(({ get }) => get(name) !== undefined)?.nameOf ?? flagOf)(name),
  };
}

/** Variables by the names of what they set. */
function named(environment: Environment): Flags {
  return Object.fromEntries(Object.entries(names).map(([name, variable]) => [name, environment[variable]]));
}

/** What stands at one place; what is empty was not given. */
function valuesIn(values: Readonly<Record<string, unknown>>): Get {
  return (name) => (values[name] === undefined || values[name] === '' ? undefined : text(values[name]));
}

/** What the first place tells that tells it. */
function firstOf(places: readonly Place[], look: (get: Get) => string | undefined): string | undefined {
  for (const { get } of places) {
    const value = look(get);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The password, or a file that holds it, whichever stands at the place that counts first. */
export function passwordOf(places: readonly Place[]): string {
  const password = firstOf(places, (get) => {
    const [itself, path] = [get('password'), get('passwordFile')];
    if (itself !== undefined && path !== undefined) {
      throw new UsageError(
        'password and passwordFile are both given on the command line, in the environment or in --config: give one',
      );
    }
    return path === undefined ? itself : readText('passwordFile', path);
  });
  return password ?? '';
}

/** Lists are texts with commas everywhere else. */
function text(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
