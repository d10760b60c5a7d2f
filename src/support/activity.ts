/** Counts what is under way, and tells when nothing is. */
export class Activity {
  #running = 0;
  #begun = 0;
  #onRest: (() => void)[] = [];

  /** How many are under way. */
  get running(): number {
    return this.#running;
  }

  /** How many have begun so far. */
  get begun(): number {
    return this.#begun;
  }

  begin(): void {
    this.#running += 1;
    this.#begun += 1;
  }

  end(): void {
    this.#running -= 1;
    if (this.#running === 0 && this.#onRest.length > 0) {
      for (const resolve of this.#onRest.splice(0)) {
        resolve();
      }
    }
  }

  /** Resolves when nothing is under way. */
  async rest(): Promise<void> {
    if (this.#running > 0) {
      await new Promise<void>((resolve) => this.#onRest.push(resolve));
    }
  }
}
