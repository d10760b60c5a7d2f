import { AriAbortError } from '../errors/abort-error.js';
import type { AriError } from '../errors/ari-error.js';
import type { Delivery } from '../errors/delivery.js';
import { AriTimeoutError } from '../errors/timeout-error.js';

/**
 * The time limit and the caller's signal of one request, joined in one signal. Listener and timer are gone after
 * `clear()`, so a signal that outlives a million requests collects nothing.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #label: string;
  readonly #timeoutMs: number;
  readonly #userSignal: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #onAbort = (): void => this.#controller.abort(this.#userSignal?.reason);
  #timedOut = false;

  /** @param label what is being waited for, for messages: `channels.answer` */
  constructor(label: string, timeoutMs: number, signal?: AbortSignal) {
    this.#label = label;
    this.#timeoutMs = timeoutMs;
    this.#userSignal = signal;
    if (signal?.aborted) {
      this.#onAbort();
      return;
    }
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (timeoutMs > 0) {
      this.#timer = setTimeout(() => {
        this.#timedOut = true;
        this.#controller.abort();
      }, timeoutMs);
    }
  }

  /** Aborts when the time is over or the caller gives up. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends it from our side, as `close()` of the client does. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** The error to throw after `signal` has aborted. */
  error(delivery: Delivery): AriError {
    if (this.#timedOut) {
      const state = delivery === 'notSent' ? 'was not sent' : 'got no answer';
      return new AriTimeoutError(`${this.#label} ${state} within ${this.#timeoutMs} ms`, this.#timeoutMs, delivery);
    }
    const cause: unknown = this.#controller.signal.reason;
    const why = this.#userSignal?.aborted ? 'was aborted' : 'was given up';
    return new AriAbortError(`${this.#label} ${why}`, delivery, { cause });
  }

  /** Stops the clock; the caller's signal stays connected. */
  stopTimer(): void {
    clearTimeout(this.#timer);
  }

  clear(): void {
    this.stopTimer();
    this.#userSignal?.removeEventListener('abort', this.#onAbort);
  }
}
