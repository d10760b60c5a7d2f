import type { AriError } from '../errors/ari-error.js';
import type { Listener, ListenerOwner } from './listener.js';

/**
 * Listeners of single objects of one kind, found by id in constant time. An object has few of them, so a small array
 * serves; it is replaced on every change, never altered, so that an event being dispatched keeps the one it began with.
 */
export class ListenersById {
  readonly #objects = new Map<string, readonly Listener[]>();

  get isEmpty(): boolean {
    return this.#objects.size === 0;
  }

  get(id: string): readonly Listener[] | undefined {
    return this.#objects.get(id);
  }

  /** Ids that anyone listens to. */
  ids(): IterableIterator<string> {
    return this.#objects.keys();
  }

  /** The owner to which listeners of the object with this id belong. */
  owner(id: string): ObjectListeners {
    return new ObjectListeners(id, this.#objects);
  }

  /** Takes away all listeners of an object that has ended, and tells those who wait. */
  drop(id: string, reason: AriError): void {
    for (const listener of this.get(id) ?? []) {
      listener.end(reason);
    }
  }

  /** Ends all of them. */
  end(reason: AriError): void {
    for (const id of this.#objects.keys()) {
      this.drop(id, reason);
    }
  }
}

/** The way to the listeners of one object; there may be several to the same. */
class ObjectListeners implements ListenerOwner {
  readonly #id: string;
  readonly #objects: Map<string, readonly Listener[]>;

  constructor(id: string, objects: Map<string, readonly Listener[]>) {
    this.#id = id;
    this.#objects = objects;
  }

  add(listener: Listener): void {
    this.#objects.set(this.#id, [...(this.#objects.get(this.#id) ?? []), listener]);
  }

  remove(listener: Listener): void {
    const left = this.#objects.get(this.#id)?.filter((other) => other !== listener) ?? [];
    if (left.length === 0) {
      this.#objects.delete(this.#id);
    } else {
      this.#objects.set(this.#id, left);
    }
  }
}
