import type { AriError } from '../errors/ari-error.js';
import type { Listener, ListenerOwner } from './listener.js';

/** Listeners to one topic of a whole client or repository, in the order of their registration. */
export class ListenerSet implements ListenerOwner, Iterable<Listener> {
  readonly #listeners = new Set<Listener>();

  get isEmpty(): boolean {
    return this.#listeners.size === 0;
  }

  add(listener: Listener): void {
    this.#listeners.add(listener);
  }

  remove(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  /** Ends all of them. */
  end(reason: AriError): void {
    for (const listener of this.#listeners) {
      listener.end(reason);
    }
  }

  [Symbol.iterator](): SetIterator<Listener> {
    return this.#listeners.values();
  }
}
