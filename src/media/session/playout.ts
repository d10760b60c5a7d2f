/**
 * What the other end has played of what it was sent, in milliseconds of audio since the beginning. Asterisk plays a
 * frame whenever a frame's time has passed, so the clock tells; marks that it confirms put the clock right, and one that
 * it has not confirmed yet says that it is not there yet.
 */
export class Playout {
  #sent = 0;
  /** A position and the time at which it was reached; from there on the clock tells. */
  #position = 0;
  #since = 0;
  #limit = Number.POSITIVE_INFINITY;
  #paused = false;

  /** All that was sent, and not discarded. */
  get sent(): number {
    return this.#sent;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** What is played at a time. */
  played(now: number): number {
    const elapsed = this.#paused ? 0 : now - this.#since;
    return Math.min(this.#sent, this.#limit, this.#position + elapsed);
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

  /** The other end says that it is there. */
  confirm(position: number, now: number): void {
    this.#reach(Math.max(position, this.played(now)), now);
  }

  /** It cannot be further than there; without a position nothing is known of that. */
  holdAt(position: number | undefined): void {
    this.#limit = position ?? Number.POSITIVE_INFINITY;
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
    this.#limit = Number.POSITIVE_INFINITY;
    this.#sent = played;
    this.#reach(played, now);
  }

  #reach(position: number, now: number): void {
    this.#position = position;
    this.#since = now;
  }
}
