import type { Logger } from '../../support/logger.js';

/** Between two lines. */
const quietMs = 1_000;

/** Warns once a second at most, whatever the other end sends: the next line tells how many there would have been. */
export class SparingLog {
  readonly #logger: Logger;
  #quietUntil = 0;
  #untold = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  warn(text: string): void {
    const now = performance.now();
    if (now < this.#quietUntil) {
      this.#untold += 1;
      return;
    }
    const more = this.#untold === 0 ? '' : ` (and ${this.#untold} more since the last one)`;
    this.#quietUntil = now + quietMs;
    this.#untold = 0;
    this.#logger.warn(`${text}${more}`);
  }
}
