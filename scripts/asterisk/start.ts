import { join } from 'node:path';

import { boot, untilReady } from './boot.js';
import { writeFolder } from './configuration.js';
import { describe } from './describe.js';
import { chooseEngine, engineOf } from './engines.js';
import { exclusively, type Choice } from './exclusively.js';
import { externalAsterisk } from './external.js';
import { testbedFolder } from './folders.js';
import {
  forgetInstance,
  instanceId,
  instanceUrl,
  listInstances,
  loadInstance,
  saveInstance,
  type Instance,
} from './instance.js';
import { withLock } from './lock.js';
import type { Log } from './log.js';
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
    const instance = await reserve(release, options, log);
    try {
      const version = await bringUp(instance, log);
      log(`Asterisk ${id} answers on ${instanceUrl(instance)}.`);
      return await describe(instance, version, false);
    } catch (error) {
      await forgetInstance(instance);
      throw error;
    }
  });
}

async function bringUp(instance: Instance, log: Log): Promise<string> {
  const engine = engineOf(instance);
  await engine.install(instance.release, log);
  await writeFolder(engine, instance);
  return boot(instance);
}

/** Chooses the address and writes it down, one start at a time, so that no two choose the same. */
async function reserve(release: Release, options: StartOptions, log: Log): Promise<Instance> {
  return withLock(join(testbedFolder(), 'instances', 'ports.lock'), log, async () => {
    const instance = await plan(release, options);
    await saveInstance(instance);
    return instance;
  });
}

async function plan(release: Release, { name = 'default', port, prefix = '' }: StartOptions): Promise<Instance> {
  const { httpPort, sipPort } = RELEASES[release];
  const id = instanceId({ release, name });
  const others = (await listInstances()).filter((other) => instanceId(other) !== id);
  const reserved = others.flatMap((other) => [other.httpPort, other.sipPort]);
  return {
    release,
    name,
    engine: await chooseEngine(),
    httpPort: port === undefined ? await freePort('tcp', httpPort, reserved) : await thisPort(port),
    sipPort: await freePort('udp', sipPort, reserved),
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
