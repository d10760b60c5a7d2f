/** How often each of several texts counts: what is wanted for several reasons is so until the last one is gone. */
export class Counts {
  readonly #counts = new Map<string, number>();

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  has(text: string): boolean {
    return this.#counts.has(text);
  }

  /** One more; true for the first. */
  more(text: string): boolean {
    const count = this.#counts.get(text) ?? 0;
    this.#counts.set(text, count + 1);
    return count === 0;
  }

  /** One less; true if none is left, or none was there. */
  less(text: string): boolean {
    const count = (this.#counts.get(text) ?? 1) - 1;
    if (count > 0) {
      this.#counts.set(text, count);
    } else {
      this.#counts.delete(text);
    }
    return count <= 0;
  }
}
