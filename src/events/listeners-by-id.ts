import type { AriError } from '../errors/ari-error.js';
import type { Listener, ListenerOwner } from './listener.js';

/** Is told which objects are listened to. */
export interface IdWatcher {
  /** The first listener has come. */
  heard(id: string): void;
  /** The last listener has gone. */
  unheard(id: string): void;
  /** The object has ended. */
  ended(id: string): void;
}

/**
 * Listeners of single objects of one kind, found, added and removed in constant time. Those of one object form a chain,
 * so that an event that comes to one of very many objects touches no more memory than it must. One that is taken out
 * still leads to the next: whoever goes along the chain just then does not lose the way.
 */
export class ListenersById implements ListenerOwner {
  readonly #first = new Map<string, Listener>();
  /** Told who is listened to. */
  readonly watchers: IdWatcher[] = [];

  get isEmpty(): boolean {
    return this.#first.size === 0;
  }

  /** The first listener of an object. */
  get(id: string): Listener | undefined {
    return this.#first.get(id);
  }

  /** Ids that anyone listens to. */
  ids(): IterableIterator<string> {
    return this.#first.keys();
  }

  add(listener: Listener): void {
    const id = listener.id as string;
    const first = this.#first.get(id);
    if (first === undefined) {
      this.#first.set(id, listener);
      listener.previous = listener;
      for (const watcher of this.watchers) {
        watcher.heard(id);
      }
      return;
    }
    const last = first.previous as Listener;
    last.next = listener;
    listener.previous = last;
    first.previous = listener;
  }

  remove(listener: Listener): void {
    const { next, previous } = listener;
    const id = listener.id as string;
    const first = this.#first.get(id) as Listener;
    if (first !== listener) {
      (previous as Listener).next = next;
      (next ?? first).previous = previous;
    } else if (next === undefined) {
      this.#first.delete(id);
      for (const watcher of this.watchers) {
        watcher.unheard(id);
      }
    } else {
      this.#first.set(id, next);
      next.previous = previous;
    }
  }

  /** Takes away all listeners of an object that has ended, and tells those who wait. */
  drop(id: string, reason: AriError): void {
    for (let listener = this.#first.get(id); listener !== undefined; listener = listener.next) {
      listener.end(reason);
    }
  }

  /** The object has ended. */
  tellEnded(id: string): void {
    for (const watcher of this.watchers) {
      watcher.ended(id);
    }
  }

  /** Ends all of them. */
  end(reason: AriError): void {
    for (const id of this.#first.keys()) {
      this.drop(id, reason);
    }
  }
}
