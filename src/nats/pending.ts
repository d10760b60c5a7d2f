import { pause } from '../support/pause.js';

/** Work that is under way. */
export class Pending {
  readonly #works = new Set<Promise<void>>();

  /** @param work never rejects */
  add(work: Promise<void>): void {
    const done = work.then(() => void this.#works.delete(done));
    this.#works.add(done);
  }

  /** Resolves when all of it is done, but not later than after this time. */
  async done(withinMs: number): Promise<void> {
    const bound = new AbortController();
    await Promise.race([Promise.all(this.#works), pause(withinMs, bound.signal)]);
    bound.abort();
  }
}
