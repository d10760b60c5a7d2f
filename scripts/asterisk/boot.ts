import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { USERS } from './credentials.js';
import { engineOf } from './engines.js';
import { instanceUrl, type Instance } from './instance.js';
import { ariVersion } from './probe.js';
import { tail } from './tail.js';

const READY_WITHIN_MS = 60_000;

/** Starts the instance with the configuration that it has; returns the version when ARI answers. */
export async function boot(instance: Instance): Promise<string> {
  await engineOf(instance).launch(instance);
  try {
    return await untilReady(instance);
  } catch (error) {
    await engineOf(instance).signal(instance, 'SIGKILL');
    throw error;
  }
}

/** Returns the version when ARI answers; fails when the process ends or the time is over. */
export async function untilReady(instance: Instance): Promise<string> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let wasMissing = false;
  for (;;) {
    try {
      return await ariVersion(instanceUrl(instance), USERS.full);
    } catch (error) {
      // While one program becomes another, a process may for a moment be neither.
      const isMissing = (await engineOf(instance).pid(instance)) === undefined;
      if (isMissing && wasMissing) {
        throw new Error(`Asterisk has ended.\n${await lastWords(instance)}`, { cause: error });
      }
      wasMissing = isMissing;
      if (Date.now() > deadline) {
        throw new Error(`ARI has not answered for ${READY_WITHIN_MS / 1000} s.\n${await lastWords(instance)}`, {
          cause: error,
        });
      }
    }
    await sleep(100);
  }
}

export function logFile(instance: Instance): string {
  return join(engineOf(instance).folder(instance), 'log/full');
}

async function lastWords(instance: Instance): Promise<string> {
  const console = join(engineOf(instance).folder(instance), 'log/console');
  const texts = [await tail(console, 5), `The end of ${logFile(instance)}:`, await tail(logFile(instance), 20)];
  return texts.join('\n');
}
