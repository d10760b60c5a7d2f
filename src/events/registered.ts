import type { AnyListener } from '../contract/listener-scope.js';

/** What is called in place of a listener that is to hear only some of the events. */
const originals = new WeakMap<AnyListener, AnyListener>();

/** Something is called in place of a listener. */
export function standsFor(substitute: AnyListener, original: AnyListener): void {
  originals.set(substitute, original);
}

/** The listener as the application has given it. */
export function originalOf(call: AnyListener): AnyListener {
  return originals.get(call) ?? call;
}

/** Where each listener is registered: in one place, mostly. */
export class Registry<R extends { readonly call: AnyListener }> {
  readonly #places = new WeakMap<AnyListener, R | Set<R>>();

  add(registration: R): void {
    const call = originalOf(registration.call);
    const present = this.#places.get(call);
    if (present === undefined) {
      this.#places.set(call, registration);
    } else if (present instanceof Set) {
      present.add(registration);
    } else {
      this.#places.set(call, new Set([present, registration]));
    }
  }

  remove(registration: R): void {
    const call = originalOf(registration.call);
    const present = this.#places.get(call);
    if (present instanceof Set) {
      present.delete(registration);
    } else if (present === registration) {
      this.#places.delete(call);
    }
  }

  /** Wherever a listener is registered. */
  of(call: AnyListener): Iterable<R> {
    const present = this.#places.get(call);
    return present === undefined ? [] : present instanceof Set ? present : [present];
  }
}

/** All of one of two lists, whichever is the shorter: neither is gone through further than that. */
export function shorterOf<T>(one: Iterable<T>, other: Iterable<T>): T[] {
  const [iterators, lists] = [[one[Symbol.iterator](), other[Symbol.iterator]()], [[], []] as [T[], T[]]] as const;
  for (;;) {
    for (const index of [0, 1] as const) {
      const next = iterators[index]?.next();
      if (next === undefined || next.done) {
        return lists[index];
      }
      lists[index].push(next.value);
    }
  }
}
