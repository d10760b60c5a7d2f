/** The time between two flushes: all that was written in it is discarded by the second one. */
export class Generation {
  readonly number: number;
  #endedAt: number | undefined;
  readonly #onEnd = new Set<() => void>();

  constructor(number: number) {
    this.number = number;
  }

  /** How far the other end had played, in milliseconds since the beginning, when it was over; `undefined` until then. */
  get endedAt(): number | undefined {
    return this.#endedAt;
  }

  end(played: number): void {
    this.#endedAt = played;
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
