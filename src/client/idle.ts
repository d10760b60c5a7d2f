import { AriAbortError } from '../errors/abort-error.js';
import { AriTimeoutError } from '../errors/timeout-error.js';
import { ignoreAbort, listenToAbort } from '../support/abort-listeners.js';
import type { Activity } from '../support/activity.js';
import { checkCallOptions, checkDuration, checkFor } from '../support/check-option.js';

/** Options of `idle`. */
export interface IdleOptions {
  /** Longest wait in milliseconds; 0 waits without limit. @default 0 */
  readonly timeoutMs?: number | undefined;
  /** Gives the wait up. */
  readonly signal?: AbortSignal | undefined;
}

const known = ['timeoutMs', 'signal'] as const satisfies readonly (keyof IdleOptions)[];

/** What keeps a client busy. */
export interface Business {
  /** Listeners whose promises have not settled. */
  readonly listeners: Activity;
  /** The application's own requests. */
  readonly requests: Activity;
}

/**
 * Resolves when nothing is under way, and nothing begins either when all has been read that Asterisk sent until then.
 * @param readAll resolves when that has been read
 */
export async function waitUntilIdle(
  business: Business,
  readAll: () => Promise<void>,
  options: IdleOptions,
): Promise<void> {
  checkCallOptions('idle', options, known);
  const { timeoutMs, signal } = options;
  const limitMs = checkFor('idle', () => checkDuration('timeoutMs', timeoutMs, 0));
  return new Promise((resolve, reject) => {
    let isOver = false;
    let timer: NodeJS.Timeout | undefined;
    const settle = (finish: () => void): void => {
      isOver = true;
      clearTimeout(timer);
      ignoreAbort(signal, abort);
      finish();
    };
    const abort = {
      onAbort(): void {
        const error = new AriAbortError('waiting until the client is idle was aborted', 'notSent', {
          cause: signal?.reason,
        });
        settle(() => reject(error));
      },
    };
    if (signal?.aborted) {
      abort.onAbort();
      return;
    }
    listenToAbort(signal, abort);
    if (limitMs > 0) {
      timer = setTimeout(() => {
        const message = `the client is not idle after ${limitMs} ms: ${describe(business)}`;
        settle(() => reject(new AriTimeoutError(message, limitMs, 'notSent')));
      }, limitMs);
    }
    void untilQuiet(business, readAll, () => isOver).then(() => settle(resolve));
  });
}

async function untilQuiet(
  { listeners, requests }: Business,
  readAll: () => Promise<void>,
  isOver: () => boolean,
): Promise<void> {
  let begun: number;
  do {
    await listeners.rest();
    await requests.rest();
    begun = listeners.begun + requests.begun;
    await readAll();
    // What was just read has been heard now, and whoever awaited it goes on.
    await new Promise((resolve) => setImmediate(resolve));
  } while (!isOver() && (listeners.running + requests.running > 0 || listeners.begun + requests.begun > begun));
}

function describe({ listeners, requests }: Business): string {
  return `promises of ${listeners.running} listeners and ${requests.running} requests have not settled`;
}
