/** So many. */
const max = 10_000;

/** A bounded number of texts, the latest that were added: the oldest go first. */
export class Latest {
  readonly #texts = new Set<string>();

  get size(): number {
    return this.#texts.size;
  }

  has(text: string): boolean {
    return this.#texts.has(text);
  }

  add(text: string): void {
    this.#texts.add(text);
    if (this.#texts.size > max) {
      const [oldest] = this.#texts;
      this.#texts.delete(oldest as string);
    }
  }

  /** Whether it was there. */
  delete(text: string): boolean {
    return this.#texts.delete(text);
  }
}
