import { join } from 'node:path';

import { boot, logFile, untilReady } from './boot.js';
import { writeFolder } from './configuration.js';
import { USERS, type Credentials } from './credentials.js';
import { chooseEngine, engineOf } from './engine.js';
import { externalAsterisk } from './external.js';
import { testbedFolder } from './folders.js';
import { crash, halt } from './halt.js';
import { forgetInstance, instanceId, instanceUrl, listInstances, loadInstance, saveInstance, type Instance } from './instance.js';
import { withLock } from './lock.js';
import { logToStderr, type Log } from './log.js';
import { freePort } from './ports.js';
import { ariVersion } from './probe.js';
import { RELEASES, type Release } from './release.js';
import type { RunningAsterisk } from './running.js';

/** Which of the Asterisks of a release is meant. */
export interface Choice {
  /** Several of one release may run side by side under different names. @default 'default' */
  name?: string | undefined;
  /** Receives the progress. @default standard error */
  log?: Log | undefined;
}

export interface StartOptions extends Choice {
  /** The HTTP port. @default the release's own, or the next free one */
  port?: number | undefined;
  /** A first segment for every path, as http.conf's `prefix`. @default none */
  prefix?: string | undefined;
}

/** An Asterisk that the testbed knows, running or not. */
export interface KnownAsterisk {
  release: Release;
  name: string;
  url: string;
  log: string;
  /** Absent if it has crashed or was killed. */
  pid?: number;
}

/** Starts an Asterisk, or finds it already running. With `ARI_URL` set, that one is used instead. */
export async function startAsterisk(release: Release = '22', options: StartOptions = {}): Promise<RunningAsterisk> {
  const external = externalAsterisk();
  if (external) return describeExternal(external);
  return exclusively(release, options, async (id, log) => {
    const known = await loadInstance(id);
    if (known && (await engineOf(known).pid(known)) !== undefined) {
      refuseChanges(known, options);
      return describe(known, true);
    }
    const instance = await plan(release, options);
    await engineOf(instance).install(release, log);
    await writeFolder(engineOf(instance), instance);
    await saveInstance(instance);
    await boot(instance);
    log(`Asterisk ${id} answers on ${instanceUrl(instance)}.`);
    return describe(instance, false);
  });
}

/** Ends an Asterisk in an orderly way, and forgets it. */
export async function stopAsterisk(release: Release, choice: Choice = {}): Promise<void> {
  await exclusively(release, choice, async (id, log) => {
    const instance = await loadInstance(id);
    if (instance === undefined) return;
    await halt(instance);
    await forgetInstance(instance);
    log(`Asterisk ${id} is stopped.`);
  });
}

/** Ends an Asterisk as a crash would. It remains known, so that it can be restarted. */
export async function killAsterisk(release: Release, choice: Choice = {}): Promise<void> {
  await exclusively(release, choice, async (id, log) => {
    await crash(await mustKnow(id));
    log(`Asterisk ${id} is killed.`);
  });
}

/** Starts an Asterisk again on the same address, after ending it if it runs; recordings and mailboxes remain. */
export async function restartAsterisk(release: Release, choice: Choice = {}): Promise<RunningAsterisk> {
  return exclusively(release, choice, async (id, log) => {
    const instance = await mustKnow(id);
    await halt(instance);
    await boot(instance);
    log(`Asterisk ${id} answers again on ${instanceUrl(instance)}.`);
    return describe(instance, false);
  });
}

/** Every Asterisk that was started and not stopped. */
export async function knownAsterisks(): Promise<KnownAsterisk[]> {
  const instances = await listInstances();
  return Promise.all(
    instances.map(async (instance) => {
      const pid = await engineOf(instance).pid(instance);
      const { release, name } = instance;
      return { release, name, url: instanceUrl(instance), log: logFile(instance), ...(pid !== undefined && { pid }) };
    }),
  );
}

async function exclusively<T>(
  release: Release,
  { name = 'default', log = logToStderr }: Choice,
  work: (id: string, log: Log) => Promise<T>,
): Promise<T> {
  if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`A name consists of small letters, digits and hyphens: ${name}`);
  const id = instanceId({ release, name });
  return withLock(join(testbedFolder(), 'instances', `${id}.lock`), log, () => work(id, log));
}

async function mustKnow(id: string): Promise<Instance> {
  const instance = await loadInstance(id);
  if (instance === undefined) throw new Error(`No Asterisk ${id} was started.`);
  return instance;
}

async function plan(release: Release, { name = 'default', port, prefix = '' }: StartOptions): Promise<Instance> {
  const facts = RELEASES[release];
  return {
    release,
    name,
    engine: await chooseEngine(),
    httpPort: port ?? (await freePort('tcp', facts.httpPort)),
    sipPort: await freePort('udp', facts.sipPort),
    prefix: prefix.replace(/^\/+|\/+$/g, ''),
  };
}

function refuseChanges(known: Instance, { port = known.httpPort, prefix = known.prefix }: StartOptions): void {
  if (port === known.httpPort && prefix === known.prefix) return;
  throw new Error(`It is already running on ${instanceUrl(known)}; stop it first, or start another one under a name.`);
}

async function describe(instance: Instance, reused: boolean): Promise<RunningAsterisk> {
  const version = await untilReady(instance);
  const pid = await engineOf(instance).pid(instance);
  return {
    url: instanceUrl(instance),
    ...USERS.full,
    readOnly: USERS.readOnly,
    version,
    log: logFile(instance),
    ...(pid !== undefined && { pid }),
    reused,
    stop: () => stopAsterisk(instance.release, { name: instance.name }),
  };
}

async function describeExternal(external: { url: string } & Credentials): Promise<RunningAsterisk> {
  const version = await ariVersion(external.url, external);
  return { ...external, version, reused: true, stop: async () => {} };
}
