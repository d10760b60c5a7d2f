import type { Outcome } from './outcome.js';
import type { Station } from './outgoing-queue.js';
import type { Playout } from './playout.js';

interface Mark {
  readonly id: string;
  /** Milliseconds of audio that were sent before it. */
  readonly position: number;
  /** Nobody, if it is one of our own. */
  readonly station: Station | undefined;
}

/** Marks that were sent and are not reached yet. */
export class SentMarks {
  readonly #playout: Playout;
  #marks: Mark[] = [];
  #count = 0;
  #last = 0;
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(playout: Playout) {
    this.#playout = playout;
  }

  /** Milliseconds of audio that were sent since the last mark. */
  get sinceLast(): number {
    return this.#playout.sent - this.#last;
  }

  /** Whether somebody waits for one of them. */
  get areAwaited(): boolean {
    return this.#marks.some(({ station }) => station !== undefined);
  }

  /** When that was. */
  get lastAt(): number {
    return this.#lastAt;
  }

  /** A mark is sent now; returns its id, which no other mark of the connection has. */
  add(station: Station | undefined, now: number): string {
    this.#count += 1;
    this.#lastAt = now;
    const id = String(this.#count);
    this.#last = this.#playout.sent;
    this.#marks.push({ id, position: this.#last, station });
    return id;
  }

  /** The other end has come to a mark; false for one that is not known any more: it was flushed when it was on its way. */
  reached(id: string, now: number): boolean {
    const at = this.#marks.findIndex((mark) => mark.id === id);
    const mark = this.#marks[at];
    if (mark !== undefined) {
      this.#playout.confirm(mark.position, now);
      this.#settle(at + 1, 'played');
      this.hold();
    }
    return mark !== undefined;
  }

  /** The clock says how far the other end is. */
  passed(now: number): void {
    const played = this.#playout.played(now);
    const at = this.#marks.findIndex(({ position }) => position > played);
    this.#settle(at < 0 ? this.#marks.length : at, 'played');
  }

  /** How long it takes to come to the next mark, by the clock. */
  dueMs(now: number): number {
    const [next] = this.#marks;
    return next === undefined || this.#playout.paused
      ? Number.POSITIVE_INFINITY
      : next.position - this.#playout.played(now);
  }

  /** Nobody is further than the first mark that is not confirmed. */
  hold(): void {
    this.#playout.holdAt(this.#marks[0]?.position);
  }

  /** None of them will be reached any more. */
  abandon(outcome: Outcome | Error): void {
    this.#settle(this.#marks.length, outcome);
    this.#last = this.#playout.sent;
  }

  #settle(count: number, outcome: Outcome | Error): void {
    for (const { station } of this.#marks.splice(0, count)) {
      station?.settle(outcome);
    }
  }
}
