import { AriTimeoutError } from '../../errors/timeout-error.js';
import { longestMs } from '../../support/check-option.js';

/** How to wait for something. */
export interface WaitOptions {
  /** How long to wait, in real milliseconds; 4 s without it: less than test runners give a test. */
  readonly timeoutMs?: number;
}

const DEFAULT_WAIT_MS = 4000;

interface Waiter {
  readonly check: () => boolean;
  readonly resolve: () => void;
}

/** Promises that are kept when something has become true. */
export class Waiters {
  readonly #waiters = new Set<Waiter>();

  /** Waits until `check` holds; says what was waited for when that takes too long in real time. */
  until(check: () => boolean, timeoutMs: number, complaint: () => string): Promise<void> {
    if (check()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          this.#waiters.delete(waiter);
          reject(new AriTimeoutError(complaint(), timeoutMs, 'outcomeUnknown'));
        },
        Math.min(timeoutMs, longestMs),
      );
      const waiter: Waiter = {
        check,
        resolve: () => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          resolve();
        },
      };
      this.#waiters.add(waiter);
    });
  }

  /**
   * The same, as long as a test has said.
   * @param what is waited for: `PJSIP/alice to ring`
   * @param instead what is the case when that was in vain
   */
  patiently(
    check: () => boolean,
    what: string,
    { timeoutMs = DEFAULT_WAIT_MS }: WaitOptions,
    instead: () => string,
  ): Promise<void> {
    return this.until(check, timeoutMs, () => `waited ${timeoutMs} ms in vain for ${what}; ${instead()}`);
  }

  /** Something changed. */
  notify(): void {
    for (const waiter of Array.from(this.#waiters)) if (waiter.check()) waiter.resolve();
  }
}
