import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, in milliseconds, but not longer than until the signal aborts. Never rejects; nothing is left of it. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
