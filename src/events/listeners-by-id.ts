import type { AriError } from '../errors/ari-error.js';
import type { Listener, ListenerOwner } from './listener.js';

/**
 * Listeners of single objects of one kind, found by id in constant time. An object has few of them, so a small array
 * serves; it is replaced on every change, never altered, so that an event being dispatched keeps the one it began with.
 */
export class ListenersById {
  readonly #objects = new Map<string, ObjectListeners>();

  get isEmpty(): boolean {
    return this.#objects.size === 0;
  }

  get(id: string): readonly Listener[] | undefined {
    return this.#objects.get(id)?.listeners;
  }

  /** Ids that anyone listens to. */
  ids(): IterableIterator<string> {
    return this.#objects.keys();
  }

  /** The owner to which listeners of the object with this id belong. */
  owner(id: string): ObjectListeners {
    let owner = this.#objects.get(id);
    if (owner === undefined) {
      owner = new ObjectListeners(id, this.#objects);
      this.#objects.set(id, owner);
    }
    return owner;
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

class ObjectListeners implements ListenerOwner {
  listeners: readonly Listener[] = [];
  readonly #id: string;
  readonly #objects: Map<string, ObjectListeners>;

  constructor(id: string, objects: Map<string, ObjectListeners>) {
    this.#id = id;
    this.#objects = objects;
  }

  add(listener: Listener): void {
    this.listeners = [...this.listeners, listener];
  }

  remove(listener: Listener): void {
    this.listeners = this.listeners.filter((other) => other !== listener);
    if (this.listeners.length === 0) {
      this.#objects.delete(this.#id);
    }
  }
}
