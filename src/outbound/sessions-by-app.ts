import type { Arrival, Session } from './session.js';

/** Connections, and under which applications they are found; several may be for the same. */
export class SessionsByApp<C extends object> {
  readonly #keysOf = new Map<Session<C>, Set<string>>();
  readonly #byKey = new Map<string, Set<Session<C>>>();

  [Symbol.iterator](): IterableIterator<Session<C>> {
    return this.#keysOf.keys();
  }

  /** Adds it, or applications that it is for, too, from now on. */
  add(session: Session<C>, arrival: Arrival, apps = arrival.greeting.apps): void {
    const keys = this.#keysOf.get(session) ?? new Set();
    this.#keysOf.set(session, keys);
    for (const key of keysOf(arrival, apps)) {
      keys.add(key);
      const others = this.#byKey.get(key) ?? new Set();
      this.#byKey.set(key, others.add(session));
    }
  }

  /** Those included that it came back without. */
  delete(session: Session<C>): void {
    for (const key of this.#keysOf.get(session) ?? []) {
      const others = this.#byKey.get(key);
      others?.delete(session);
      if (others?.size === 0) {
        this.#byKey.delete(key);
      }
    }
    this.#keysOf.delete(session);
  }

  /** Connections for applications of these names, of what calls itself the same Asterisk; without those that are over. */
  for(arrival: Arrival): Session<C>[] {
    const found = keysOf(arrival, arrival.greeting.apps).flatMap((key) => [...(this.#byKey.get(key) ?? [])]);
    return [...new Set(found)].filter(({ isOver }) => !isOver);
  }
}

function keysOf({ greeting: { asteriskId }, requestUrl }: Arrival, apps: readonly string[]): string[] {
  return apps.map((app) => JSON.stringify([asteriskId, requestUrl, app]));
}
