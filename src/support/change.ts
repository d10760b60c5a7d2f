import { Deferred } from './deferred.js';

/** Something that changes again and again, and those who wait for the next time. */
export class Change {
  #next = new Deferred<void>();

  /** Resolves the next time. */
  get next(): Promise<void> {
    return this.#next.promise;
  }

  /** It has changed. */
  tell(): void {
    const told = this.#next;
    this.#next = new Deferred();
    told.resolve();
  }
}
