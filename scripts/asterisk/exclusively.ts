import { join } from 'node:path';

import { testbedFolder } from './folders.js';
import { instanceId, loadInstance, type Instance } from './instance.js';
import { withLock } from './lock.js';
import { logToStderr, type Log } from './log.js';
import type { Release } from './release.js';

/** Which of the Asterisks of a release is meant. */
export interface Choice {
  /** Several of one release may run side by side under different names. @default 'default' */
  name?: string | undefined;
  /** Receives the progress. @default standard error */
  log?: Log | undefined;
}

/** Two commands for the same Asterisk, from whichever processes, run one after the other. */
export async function exclusively<T>(
  release: Release,
  { name = 'default', log = logToStderr }: Choice,
  work: (id: string, log: Log) => Promise<T>,
): Promise<T> {
  if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`A name consists of small letters, digits and hyphens: ${name}`);
  const id = instanceId({ release, name });
  return withLock(join(testbedFolder(), 'instances', `${id}.lock`), log, () => work(id, log));
}

export async function mustKnow(id: string): Promise<Instance> {
  const instance = await loadInstance(id);
  if (instance === undefined) throw new Error(`No Asterisk ${id} was started.`);
  return instance;
}
