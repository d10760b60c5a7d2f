import { AriAbortError } from '../errors/abort-error.js';
import type { AriError } from '../errors/ari-error.js';
import type { Delivery } from '../errors/delivery.js';
import { AriTimeoutError } from '../errors/timeout-error.js';
import { ignoreAbort, listenToAbort, type AbortListener } from '../support/abort-listeners.js';

/**
 * The time limit and the caller's signal of one request, joined. Listener and timer are gone after `clear()`, so a
 * signal that outlives a million requests collects nothing.
 */
export class Deadline implements AbortListener {
  /** What is being waited for: `channels.answer`. */
  readonly label: string;
  readonly #timeoutMs: number;
  readonly #begun = performance.now();
  readonly #userSignal: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  /** Made when somebody asks for its signal: most requests need none. */
  #controller: AbortController | undefined;
  #onEnd: (() => void) | undefined;
  #ending: 'timeout' | 'signal' | 'abort' | undefined;
  #reason: unknown;

  constructor(label: string, timeoutMs: number, signal?: AbortSignal) {
    this.label = label;
    this.#timeoutMs = timeoutMs;
    this.#userSignal = signal;
    if (signal?.aborted) {
      this.onAbort();
      return;
    }
    listenToAbort(signal, this);
    if (timeoutMs > 0) {
      this.#timer = setTimeout(() => this.#end('timeout', undefined), timeoutMs);
    }
  }

  /** Whether the time is over or the caller has given up. */
  get hasEnded(): boolean {
    return this.#ending !== undefined;
  }

  /** Milliseconds since it began. */
  get ageMs(): number {
    return performance.now() - this.#begun;
  }

  /** Milliseconds until the time is over. */
  get leftMs(): number {
    return this.#timeoutMs === 0 ? Infinity : this.#timeoutMs - this.ageMs;
  }

  /** Aborts when it ends. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.hasEnded) {
        this.#controller.abort(this.#reason);
      }
    }
    return this.#controller.signal;
  }

  /**
   * Names who is to be told when it ends, or nobody; lighter than the signal. There is one at a time: a request is in
   * one place, in a queue or on its way, and the next place takes over.
   */
  whenEnded(onEnd: (() => void) | undefined): void {
    this.#onEnd = onEnd;
  }

  /** What a promise gives; it is given up when this ends. @throws what went wrong, or the error of the end */
  limit<T>(promise: Promise<T>, delivery: Delivery): Promise<T> {
    return new Promise((resolve, reject) => {
      const onEnd = (): void => reject(this.error(delivery));
      if (this.hasEnded) {
        onEnd();
      }
      this.whenEnded(onEnd);
      promise.then(resolve, reject);
    });
  }

  /** Ends it from our side, as `close()` of the client does. */
  abort(reason: unknown): void {
    this.#end('abort', reason);
  }

  /** The error to throw after it has ended. @param more words for the end of the time */
  error(delivery: Delivery, more = ''): AriError {
    if (this.#ending === 'timeout') {
      const state = delivery === 'notSent' ? 'was not sent' : 'got no answer';
      return new AriTimeoutError(
        `${this.label} ${state} within ${this.#timeoutMs} ms${more}`,
        this.#timeoutMs,
        delivery,
      );
    }
    const why = this.#ending === 'signal' ? 'was aborted' : 'was given up';
    return new AriAbortError(`${this.label} ${why}`, delivery, { cause: this.#reason });
  }

  /** Stops the clock; the caller's signal stays connected. */
  stopTimer(): void {
    clearTimeout(this.#timer);
  }

  clear(): void {
    this.#onEnd = undefined;
    this.stopTimer();
    ignoreAbort(this.#userSignal, this);
  }

  /** The caller has given up. */
  onAbort(): void {
    this.#end('signal', this.#userSignal?.reason);
  }

  #end(ending: 'timeout' | 'signal' | 'abort', reason: unknown): void {
    if (this.#ending === undefined) {
      this.#ending = ending;
      this.#reason = reason;
      // First who knows it by its name: what the signal reaches fails with words of its own.
      this.#onEnd?.();
      this.#controller?.abort(reason);
    }
  }
}
