import { dropOldest } from './drop-oldest.js';

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
    dropOldest(this.#texts, max);
  }

  /** Whether it was there. */
  delete(text: string): boolean {
    return this.#texts.delete(text);
  }
}
