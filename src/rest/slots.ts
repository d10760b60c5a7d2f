import { AriConnectionError } from '../errors/connection-error.js';
import { Line, type Place } from '../support/line.js';
import { Watch } from '../support/watch.js';
import type { Deadline } from './deadline.js';
import { patienceMs } from './patience.js';

/** A request that is out. */
export interface Slot {
  readonly deadline: Deadline;
  /** How many looks have found it out; one that was found twice is slow, and may not count any more. */
  looks: 0 | 1 | 'slow';
}

/** Where a request that is out stands among the others. */
export type Taken = Place<Slot>;

/** A request that waits for a slot. */
interface Waiter {
  /** @param taken its slot; none if it need not wait any more */
  readonly go: (taken: Taken | undefined) => void;
  readonly deadline: Deadline;
}

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
  readonly #queue = new Line<Waiter>();
  readonly #out = new Line<Slot>();
  #slow = 0;
  readonly #watch = new Watch(patienceMs, () => this.#look());

  constructor(limits: SlotLimits) {
    this.#limits = { maxSlow: 0, ...limits };
  }

  /**
   * Takes a slot for the request of this deadline; if none is free, the promise gives it in its turn, or nothing if the
   * request is excused from waiting.
   * @throws when the queue is full or the deadline ends first
   */
  take(deadline: Deadline): Taken | Promise<Taken | undefined> {
    if (deadline.hasEnded) {
      throw deadline.error('notSent');
    }
    if (this.#isFree) {
      return this.#let(deadline);
    }
    const { maxQueued } = this.#limits;
    if (this.#queue.size >= maxQueued) {
      const why = `${maxQueued} requests wait for a connection already (maxQueued)${this.#blame()}`;
      throw new AriConnectionError(why, 'notSent');
    }
    return this.#wait(deadline);
  }

  /** Gives a slot back, to the one that waits longest. */
  give(taken: Taken | undefined): void {
    if (taken !== undefined) {
      this.#out.remove(taken);
      this.#slow -= taken.value.looks === 'slow' ? 1 : 0;
      this.#admit();
    }
  }

  /** Lets all that wait go without a slot. */
  excuse(): void {
    for (const waiter of this.#queue.values()) {
      waiter.go(undefined);
    }
  }

  get #isFree(): boolean {
    return this.#out.size - this.#slow < this.#limits.max;
  }

  #let(deadline: Deadline): Taken {
    if (this.#limits.maxSlow > 0) {
      this.#watch.begin();
    }
    return this.#out.add({ deadline, looks: 0 });
  }

  #wait(deadline: Deadline): Promise<Taken | undefined> {
    return new Promise((resolve, reject) => {
      const go: Waiter['go'] = (taken) => {
        this.#queue.remove(place);
        deadline.whenEnded(undefined);
        resolve(taken);
      };
      const place = this.#queue.add({ go, deadline });
      deadline.whenEnded(() => {
        this.#queue.remove(place);
        reject(deadline.error('notSent', this.#blame()));
      });
    });
  }

  #admit(): void {
    for (let waiter = this.#queue.first; waiter !== undefined && this.#isFree; waiter = this.#queue.first) {
      waiter.go(this.#let(waiter.deadline));
    }
  }

  /** What was out at the look before, too, is slow. */
  #look(): boolean {
    for (const slot of this.#out.values()) {
      if (slot.looks === 0) {
        slot.looks = 1;
      } else if (slot.looks === 1 && this.#slow < this.#limits.maxSlow) {
        slot.looks = 'slow';
        this.#slow += 1;
      }
    }
    this.#admit();
    return this.#out.size > 0;
  }

  /** Who keeps the others waiting, if anybody in particular. */
  #blame(): string {
    const oldest = this.#slow > 0 ? this.#out.values().find(({ looks }) => looks === 'slow')?.deadline : undefined;
    if (oldest === undefined) {
      return '';
    }
    const seconds = (oldest.ageMs / 1_000).toFixed(1);
    return `: ${this.#out.size} others wait for their answers, the first of them, ${oldest.label}, for ${seconds} s`;
  }
}
