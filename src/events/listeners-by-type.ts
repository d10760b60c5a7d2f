import type { AriError } from '../errors/ari-error.js';
import type { Listener, ListenerOwner } from './listener.js';

/** Listeners of a whole client or of a kind of object, by event type. */
export class ListenersByType implements ListenerOwner {
  readonly #types = new Map<string, Set<Listener>>();

  get(type: string): ReadonlySet<Listener> | undefined {
    return this.#types.get(type);
  }

  add(listener: Listener): void {
    const listeners = this.#types.get(listener.type);
    if (listeners === undefined) {
      this.#types.set(listener.type, new Set([listener]));
    } else {
      listeners.add(listener);
    }
  }

  remove(listener: Listener): void {
    const listeners = this.#types.get(listener.type);
    if (listeners?.delete(listener) && listeners.size === 0) {
      this.#types.delete(listener.type);
    }
  }

  /** Ends all of them. */
  end(reason: AriError): void {
    for (const listeners of this.#types.values()) {
      for (const listener of listeners) {
        listener.end(reason);
      }
    }
  }
}
