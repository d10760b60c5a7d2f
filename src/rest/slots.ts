import { AriConnectionError } from '../errors/connection-error.js';
import { Watch } from '../support/watch.js';
import type { Deadline } from './deadline.js';
import { patienceMs } from './patience.js';

/** A request that waits for a slot. @param granted whether it has one now, or need not wait any more */
type Waiter = (granted: boolean) => void;

/** How many requests may be out at a time. */
export interface SlotLimits {
  /** Most requests. */
  readonly max: number;
  /** Most that wait. */
  readonly maxQueued: number;
  /** Most that do not count any more because they have been out for so long: they keep no others waiting. @default 0 */
  readonly maxSlow?: number;
}

/**
 * Lets a bounded number of requests out at a time. What waits here has certainly not been sent, and can say so when
 * its time is over; in an agent's own queue it could not.
 */
export class Slots {
  readonly #limits: Required<SlotLimits>;
  readonly #queue = new Set<Waiter>();
  /** Out since the latest look, and since before it. */
  readonly #fresh = new Set<Deadline>();
  readonly #seen = new Set<Deadline>();
  readonly #slow = new Set<Deadline>();
  readonly #watch = new Watch(patienceMs, () => this.#look());

  constructor(limits: SlotLimits) {
    this.#limits = { maxSlow: 0, ...limits };
  }

  /**
   * Takes a slot for the request of this deadline; if none is free, the promise tells when it is taken, or false if it
   * is excused from waiting.
   * @throws when the queue is full or the deadline ends first
   */
  take(deadline: Deadline): Promise<boolean> | undefined {
    if (deadline.hasEnded) {
      throw deadline.error('notSent');
    }
    if (this.#isFree) {
      this.#let(deadline);
      return undefined;
    }
    const { maxQueued } = this.#limits;
    if (this.#queue.size >= maxQueued) {
      const why = `${maxQueued} requests wait for a connection already (maxQueued)${this.#blame()}`;
      throw new AriConnectionError(why, 'notSent');
    }
    return this.#wait(deadline);
  }

  /** Gives a slot back, to the one that waits longest. */
  give(deadline: Deadline): void {
    for (const set of [this.#fresh, this.#seen, this.#slow]) {
      set.delete(deadline);
    }
    this.#admit();
  }

  /** Lets all that wait go without a slot. */
  excuse(): void {
    for (const waiter of this.#queue) {
      waiter(false);
    }
  }

  get #isFree(): boolean {
    return this.#fresh.size + this.#seen.size < this.#limits.max;
  }

  #let(deadline: Deadline): void {
    this.#fresh.add(deadline);
    if (this.#limits.maxSlow > 0) {
      this.#watch.begin();
    }
  }

  #wait(deadline: Deadline): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = (granted) => {
        this.#queue.delete(waiter);
        deadline.whenEnded(undefined);
        if (granted) {
          this.#let(deadline);
        }
        resolve(granted);
      };
      this.#queue.add(waiter);
      deadline.whenEnded(() => {
        this.#queue.delete(waiter);
        reject(deadline.error('notSent', this.#blame()));
      });
    });
  }

  #admit(): void {
    for (const waiter of this.#queue) {
      if (!this.#isFree) {
        return;
      }
      waiter(true);
    }
  }

  /** What was out at the look before, too, is slow. */
  #look(): boolean {
    for (const deadline of this.#seen) {
      if (this.#slow.size < this.#limits.maxSlow) {
        this.#seen.delete(deadline);
        this.#slow.add(deadline);
      }
    }
    for (const deadline of this.#fresh) {
      this.#seen.add(deadline);
    }
    this.#fresh.clear();
    this.#admit();
    return this.#seen.size + this.#slow.size > 0;
  }

  /** Who keeps the others waiting, if anybody in particular. */
  #blame(): string {
    const [oldest] = this.#slow;
    if (oldest === undefined) {
      return '';
    }
    const count = this.#slow.size + this.#seen.size + this.#fresh.size;
    const seconds = (oldest.ageMs / 1_000).toFixed(1);
    return `: ${count} others wait for their answers, the first of them, ${oldest.label}, for ${seconds} s`;
  }
}
