/** What is watched. */
export interface Watched {
  /** How long nothing may go on beyond what is sure to take its time, in milliseconds; 0 for ever. */
  readonly limitMs: number;
  /** Whether anything is to go on. */
  readonly isAwaited: () => boolean;
  readonly onStall: () => void;
}

/** Notices that nothing goes on any more, though something is awaited: an answer that does not come, a peer that takes nothing. */
export class Progress {
  readonly #watched: Watched;
  #until = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** Something went on. @param takesMs how long it is natural that nothing more does */
  moved(now: number, takesMs: number): void {
    this.#until = now + takesMs + this.#watched.limitMs;
  }

  /** Something is awaited. */
  watch(now: number): void {
    if (this.#timer === undefined && this.#watched.limitMs > 0) {
      // A process that stood still has the answer waiting to be read: read first, then judge.
      const judge = (): NodeJS.Immediate => setImmediate(() => this.#timer === timer && this.#judge());
      const timer = setTimeout(judge, Math.max(1, this.#until - now));
      this.#timer = timer;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #judge(): void {
    this.#timer = undefined;
    const now = performance.now();
    if (!this.#watched.isAwaited()) {
      return;
    }
    if (now < this.#until) {
      this.watch(now);
    } else {
      this.#watched.onStall();
    }
  }
}
