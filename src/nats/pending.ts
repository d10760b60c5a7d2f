import { within } from '../support/within.js';

/** Work that is under way. */
export class Pending {
  readonly #works = new Set<Promise<void>>();

  /** @param work never rejects */
  add(work: Promise<void>): void {
    this.#works.add(work);
    void work.finally(() => this.#works.delete(work));
  }

  /** Resolves when all of it is done, but not later than after this time. */
  done(withinMs: number): Promise<void> {
    return within(withinMs, Promise.all(this.#works));
  }
}
