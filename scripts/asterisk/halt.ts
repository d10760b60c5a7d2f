import { setTimeout as sleep } from 'node:timers/promises';

import { engineOf } from './engines.js';
import type { Instance } from './instance.js';

const STOP_WITHIN_MS = 15_000;
const KILL_WITHIN_MS = 5_000;

/** Ends the instance's process in an orderly way, or by force if it takes too long. */
export async function halt(instance: Instance): Promise<void> {
  const engine = engineOf(instance);
  await engine.signal(instance, 'SIGTERM');
  if (await ended(instance, STOP_WITHIN_MS)) return;
  await crash(instance);
}

/** Ends the instance's process at once, as a crash would. */
export async function crash(instance: Instance): Promise<void> {
  await engineOf(instance).signal(instance, 'SIGKILL');
  if (!(await ended(instance, KILL_WITHIN_MS))) {
    throw new Error('Asterisk survives even SIGKILL.');
  }
}

async function ended(instance: Instance, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while ((await engineOf(instance).pid(instance)) !== undefined) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}
