import { dropOldest } from '../support/drop-oldest.js';

/** Time in which the same is told once, in milliseconds. */
const quietMs = 60_000;

/** Most messages of which it is known when they were told. */
const maxKnown = 100;

/** Tells what somebody says again and again, such as a server while it refuses, once a minute. */
export class Repeated {
  readonly #tell: (message: string) => void;
  readonly #quietUntil = new Map<string, number>();

  constructor(tell: (message: string) => void) {
    this.#tell = tell;
  }

  say(message: string): void {
    const now = performance.now();
    if (now >= (this.#quietUntil.get(message) ?? 0)) {
      this.#quietUntil.delete(message);
      this.#quietUntil.set(message, now + quietMs);
      dropOldest(this.#quietUntil, maxKnown);
      this.#tell(message);
    }
  }
}
