import { logFile } from './boot.js';
import { engineOf } from './engines.js';
import { instanceUrl, listInstances, type Instance } from './instance.js';
import type { Release } from './release.js';

/** An Asterisk that the testbed knows, running or not. */
export interface KnownAsterisk {
  release: Release;
  name: string;
  url: string;
  log: string;
  /** Absent if it has crashed or was killed. */
  pid: number | undefined;
}

/** Every Asterisk that was started and not stopped. */
export async function knownAsterisks(): Promise<KnownAsterisk[]> {
  return Promise.all((await listInstances()).map(knownAsterisk));
}

async function knownAsterisk(instance: Instance): Promise<KnownAsterisk> {
  const { release, name } = instance;
  const pid = await engineOf(instance).pid(instance);
  return { release, name, url: instanceUrl(instance), log: logFile(instance), pid };
}
