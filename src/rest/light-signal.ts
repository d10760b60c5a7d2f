import type { Deadline } from './deadline.js';

/**
 * As much of an `AbortSignal` as node-fetch uses: it listens once. A real one takes a request more time than everything
 * else that we add to node-fetch.
 */
export class LightSignal {
  readonly #deadline: Deadline;
  readonly onabort = null;

  constructor(deadline: Deadline) {
    this.#deadline = deadline;
  }

  /** By this, node-fetch knows a signal. */
  get [Symbol.toStringTag](): string {
    return 'AbortSignal';
  }

  get aborted(): boolean {
    return this.#deadline.hasEnded;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#deadline.whenEnded(listener);
  }

  removeEventListener(): void {
    this.#deadline.whenEnded(undefined);
  }

  dispatchEvent(): boolean {
    return false;
  }
}
