/**
 * What Asterisk does in other threads, in a fixed order: work that is put off runs when the work at hand is over, first
 * come, first served. So an answer is on its way before what it set off begins.
 */
export class Tasks {
  readonly #queue: (() => void)[] = [];
  readonly #failed: (error: unknown) => void;
  #depth = 0;

  /** `failed` is told what work that was put off throws; what comes after it is done all the same. */
  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  /** Runs something now and, when the outermost of such calls is over, all that was put off meanwhile. */
  run<T>(work: () => T): T {
    this.#depth += 1;
    try {
      return work();
    } finally {
      if (this.#depth === 1) this.#drain();
      this.#depth -= 1;
    }
  }

  /** Puts work off until the work at hand is over. */
  soon(work: () => void): void {
    this.#queue.push(work);
    if (this.#depth === 0) this.run(() => {});
  }

  #drain(): void {
    for (let work = this.#queue.shift(); work; work = this.#queue.shift()) {
      try {
        work();
      } catch (error) {
        this.#failed(error);
      }
    }
  }
}
