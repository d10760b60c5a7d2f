import { Counts } from '../support/counts.js';
import type { IdWatcher } from './listeners-by-id.js';

/** Is told which single objects anybody may want events of. */
export interface InterestWatcher {
  wanted(kind: string, id: string): void;
  unwanted(kind: string, id: string): void;
}

/** Why events of single objects of one kind are wanted: somebody listens, or an answer has just handed the object out. */
export class Reasons implements IdWatcher {
  readonly #kind: string;
  readonly #watcher: InterestWatcher;
  readonly #counts = new Counts();

  constructor(kind: string, watcher: InterestWatcher) {
    this.#kind = kind;
    this.#watcher = watcher;
  }

  heard(id: string): void {
    this.#more(id);
  }

  unheard(id: string): void {
    this.#less(id);
  }

  remembered(id: string): void {
    this.#more(id);
  }

  forgotten(id: string): void {
    this.#less(id);
  }

  /** Who listens is let go, and what is remembered is forgotten in time. */
  ended(): void {}

  #more(id: string): void {
    if (this.#counts.more(id)) {
      this.#watcher.wanted(this.#kind, id);
    }
  }

  #less(id: string): void {
    if (this.#counts.less(id)) {
      this.#watcher.unwanted(this.#kind, id);
    }
  }
}
