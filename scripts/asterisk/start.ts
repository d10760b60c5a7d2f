import { boot, untilReady } from './boot.js';
import { writeFolder } from './configuration.js';
import { describe } from './describe.js';
import { chooseEngine, engineOf } from './engines.js';
import { exclusively, type Choice } from './exclusively.js';
import { externalAsterisk } from './external.js';
import { instanceUrl, loadInstance, saveInstance, type Instance } from './instance.js';
import { freePort, thisPort } from './ports.js';
import { RELEASES, type Release } from './release.js';
import type { RunningAsterisk } from './running.js';

export interface StartOptions extends Choice {
  /** The HTTP port. @default the release's own, or the next free one */
  port?: number | undefined;
  /** A first segment for every path, as http.conf's `prefix`. @default none */
  prefix?: string | undefined;
}

/** Starts an Asterisk, or finds it already running. With `ARI_URL` set, that one is used instead. */
export async function startAsterisk(release: Release = '22', options: StartOptions = {}): Promise<RunningAsterisk> {
  const external = await externalAsterisk();
  if (external) return external;
  return exclusively(release, options, async (id, log) => {
    const known = await loadInstance(id);
    if (known && (await engineOf(known).pid(known)) !== undefined) {
      refuseChanges(known, options);
      return describe(known, await untilReady(known), true);
    }
    const instance = await plan(release, options);
    const engine = engineOf(instance);
    await engine.install(release, log);
    await writeFolder(engine, instance);
    await saveInstance(instance);
    const version = await boot(instance);
    log(`Asterisk ${id} answers on ${instanceUrl(instance)}.`);
    return describe(instance, version, false);
  });
}

async function plan(release: Release, { name = 'default', port, prefix = '' }: StartOptions): Promise<Instance> {
  const facts = RELEASES[release];
  return {
    release,
    name,
    engine: await chooseEngine(),
    httpPort: port === undefined ? await freePort('tcp', facts.httpPort) : await thisPort(port),
    sipPort: await freePort('udp', facts.sipPort),
    prefix: withoutSlashes(prefix),
  };
}

function refuseChanges(known: Instance, { port = known.httpPort, prefix = known.prefix }: StartOptions): void {
  if (port === known.httpPort && withoutSlashes(prefix) === known.prefix) return;
  throw new Error(`It is already running on ${instanceUrl(known)}; stop it first, or start another one under a name.`);
}

function withoutSlashes(prefix: string): string {
  return prefix.replaceAll(/^\/+|\/+$/g, '');
}
