import { AriTimeoutError } from '../../errors/timeout-error.js';
import type { MediaStatusEvent } from '../protocol/events.js';

interface Wait {
  readonly resolve: (status: MediaStatusEvent) => void;
  readonly reject: (error: Error) => void;
}

/** Those who have asked how Asterisk's queue stands; it answers one after another. */
export class StatusWaits {
  readonly #limitMs: number;
  #waits: Wait[] = [];

  /** @param limitMs how long an answer may take; 0 for ever */
  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** @throws {AriTimeoutError} if there is no answer in time */
  next(): Promise<MediaStatusEvent> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#waits = this.#waits.filter((other) => other !== wait);
        const message = `Asterisk did not answer GET_STATUS within ${this.#limitMs} ms`;
        reject(new AriTimeoutError(message, this.#limitMs, 'outcomeUnknown'));
      };
      // A process that stood still has the answer waiting to be read.
      const timer = this.#limitMs > 0 ? setTimeout(() => setImmediate(giveUp), this.#limitMs) : undefined;
      const settling = <T>(settle: (value: T) => void): ((value: T) => void) => {
        return (value) => {
          clearTimeout(timer);
          settle(value);
        };
      };
      const wait = { resolve: settling(resolve), reject: settling(reject) };
      this.#waits.push(wait);
    });
  }

  answered(status: MediaStatusEvent): void {
    this.#waits.shift()?.resolve(status);
  }

  /** There will be no answers. */
  end(error: Error): void {
    this.#waits.splice(0).forEach((wait) => wait.reject(error));
  }
}
