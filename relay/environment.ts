import { names, UsageError } from './names.js';

export type Environment = Readonly<Record<string, string | undefined>>;

const prefix = 'ARI_RELAY_';

/** What Kubernetes tells every container of a service that is called `ari-relay`. */
const ofKubernetes = /^ARI_RELAY_(SERVICE_(HOST|PORT)|PORT)(_|$)/;

const known: readonly string[] = Object.values(names);

/**
 * Other programs may have variables whose names begin with `ARI_` or `NATS_`; those with the prefix of this one are its own.
 * @throws {UsageError} for such a variable that there is not
 */
export function checkEnvironment(environment: Environment): void {
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith(prefix) && !known.includes(name) && !ofKubernetes.test(name),
  );
  if (unknown.length > 0) {
    const ours = known.filter((name) => name.startsWith(prefix));
    const verb = unknown.length === 1 ? 'does' : 'do';
    throw new UsageError(`${unknown.join(', ')} in the environment ${verb} not exist; allowed are ${ours.join(', ')}`);
  }
}
