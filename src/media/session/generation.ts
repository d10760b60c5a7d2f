/** The time between two flushes: all that was written in it is discarded by the second one. */
export class Generation {
  readonly number: number;
  #endedAt: number | undefined;
  #failure: Error | undefined;
  readonly #onEnd = new Set<() => void>();

  constructor(number: number) {
    this.number = number;
  }

  /** How far the other end had played, in milliseconds since the beginning, when it was over; `undefined` until then. */
  get endedAt(): number | undefined {
    return this.#endedAt;
  }

  /** What has ended it, if that was neither a flush nor the end of the connection. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  end(played: number, failure?: Error): void {
    this.#endedAt = played;
    this.#failure = failure;
    for (const tell of this.#onEnd) {
      tell();
    }
    this.#onEnd.clear();
  }

  /** Calls back when it is over; returns what takes that back. */
  whenOver(tell: () => void): () => void {
    this.#onEnd.add(tell);
    return () => this.#onEnd.delete(tell);
  }
}
