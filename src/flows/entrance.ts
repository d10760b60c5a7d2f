import { Looking } from './looking.js';

/** How long after a bridge has taken a channel in it may be told that it went in, in milliseconds. */
const lateMs = 1_000;

/**
 * Looks into a bridge if nobody tells that what it has taken in is there: one that is being destroyed takes a channel in, and
 * neither that it went in nor that the bridge is gone is told then.
 */
export class Entrance {
  readonly #looking: Looking;
  #timer: NodeJS.Timeout | undefined;

  /** @param onFailure is told what no other attempt would help against */
  constructor(look: () => Promise<void>, onFailure: (error: unknown) => void) {
    this.#looking = new Looking(look, onFailure);
  }

  /** It is to be told soon, unless it was. */
  expect(): void {
    this.close();
    this.#timer = setTimeout(() => this.#looking.begin(), lateMs);
  }

  /** It was told, or nobody waits for it any more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#looking.stop();
  }
}
