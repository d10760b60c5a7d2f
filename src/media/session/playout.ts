/** Before the first mark is confirmed, so late may the confirmation be; in milliseconds. */
const unknownLagMs = 500;

/** So much later than usual may a confirmation come before it says that the other end has fallen behind. */
const toleranceMs = 60;

/**
 * What the other end has played of what it was sent, in milliseconds of audio since the beginning. Asterisk plays a
 * frame whenever a frame's time has passed, so the clock tells. Marks that it confirms put the clock right, both ways; a
 * confirmation is always some time on its way, and only one that is later than usual tells anything.
 */
export class Playout {
  #sent = 0;
  /** A position and the time at which it was reached; from there on the clock tells. */
  #position = 0;
  #since = 0;
  #paused = false;
  /** The first mark that is not confirmed. */
  #mark = Number.POSITIVE_INFINITY;
  /** How long after its time a confirmation comes, at best. */
  #lag = unknownLagMs;

  /** All that was sent, and not discarded. */
  get sent(): number {
    return this.#sent;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** What is played at a time. */
  played(now: number): number {
    return Math.min(this.#clock(now), this.#mark + this.#lag + toleranceMs);
  }

  /** What was sent and is not played yet. */
  ahead(now: number): number {
    return this.#sent - this.played(now);
  }

  /** Audio was sent. */
  add(ms: number, now: number): void {
    if (this.ahead(now) <= 0) {
      this.#reach(this.#sent, now);
    }
    this.#sent += ms;
  }

  /** The other end says that it has come to a position. */
  confirm(position: number, now: number): void {
    const late = this.#clock(now) - position;
    if (late > this.#lag + toleranceMs) {
      this.#reach(position + this.#lag, now);
      return;
    }
    this.#lag = Math.max(0, Math.min(this.#lag, late));
    if (late < 0) {
      this.#reach(position, now);
    }
  }

  /** It cannot be much further than there; without a position nothing is known of that. */
  holdAt(position: number | undefined): void {
    this.#mark = position ?? Number.POSITIVE_INFINITY;
  }

  pause(now: number): void {
    this.#reach(this.played(now), now);
    this.#paused = true;
  }

  continue(now: number): void {
    this.#reach(this.played(now), now);
    this.#paused = false;
  }

  /** What is not played yet never will be. */
  discard(now: number): void {
    const played = this.played(now);
    this.#mark = Number.POSITIVE_INFINITY;
    this.#sent = played;
    this.#reach(played, now);
  }

  #clock(now: number): number {
    return Math.min(this.#sent, this.#position + (this.#paused ? 0 : now - this.#since));
  }

  #reach(position: number, now: number): void {
    this.#position = position;
    this.#since = now;
  }
}
