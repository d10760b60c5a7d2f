import { longestMs } from './check-option.js';

/** Waits for a promise, in milliseconds, but no longer; nothing is left of the wait. Rejects with the promise. */
export async function within(ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(longestMs, Math.max(0, Math.ceil(ms))));
  });
  try {
    await Promise.race([promise, passed]);
  } finally {
    clearTimeout(timer);
  }
}
