import { AriConnectionError } from '../errors/connection-error.js';
import type { Deadline } from './deadline.js';

/**
 * Lets a bounded number of requests out at a time. What waits here has certainly not been sent, and can say so when
 * its time is over; in an agent's own queue it could not.
 */
export class Slots {
  readonly #max: number;
  readonly #maxQueued: number;
  readonly #queue = new Set<() => void>();
  #taken = 0;

  constructor(max: number, maxQueued: number) {
    this.#max = max;
    this.#maxQueued = maxQueued;
  }

  /**
   * Takes a slot; if none is free, the promise tells when it is taken.
   * @throws when the queue is full or the deadline ends first
   */
  take(deadline: Deadline): Promise<void> | undefined {
    if (deadline.hasEnded) {
      throw deadline.error('notSent');
    }
    if (this.#taken < this.#max) {
      this.#taken += 1;
      return undefined;
    }
    if (this.#queue.size >= this.#maxQueued) {
      throw new AriConnectionError(`${this.#maxQueued} requests wait for a connection already (maxQueued)`, 'notSent');
    }
    return this.#wait(deadline);
  }

  /** Gives a slot back, to the one that waits longest. */
  give(): void {
    const [next] = this.#queue;
    if (next === undefined) {
      this.#taken -= 1;
    } else {
      this.#queue.delete(next);
      next();
    }
  }

  #wait(deadline: Deadline): Promise<void> {
    return new Promise((resolve, reject) => {
      const onTurn = (): void => {
        deadline.whenEnded(undefined);
        resolve();
      };
      this.#queue.add(onTurn);
      deadline.whenEnded(() => {
        this.#queue.delete(onTurn);
        reject(deadline.error('notSent'));
      });
    });
  }
}
