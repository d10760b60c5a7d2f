import type { AnyListener } from '../contract/listener-scope.js';
import type { Listener } from './listener.js';

/** What is called in place of a listener that is to hear only some of the events. */
const originals = new WeakMap<AnyListener, AnyListener>();

/** Where a listener is registered: once, mostly. */
const places = new WeakMap<AnyListener, Listener | Set<Listener>>();

/** Something is called in place of a listener. */
export function standsFor(substitute: AnyListener, original: AnyListener): void {
  originals.set(substitute, original);
}

/** The listener as the application has given it. */
export function originalOf(call: AnyListener): AnyListener {
  return originals.get(call) ?? call;
}

export function register(listener: Listener): void {
  const call = originalOf(listener.call);
  const present = places.get(call);
  if (present === undefined) {
    places.set(call, listener);
  } else if (present instanceof Set) {
    present.add(listener);
  } else {
    places.set(call, new Set([present, listener]));
  }
}

export function deregister(listener: Listener): void {
  const call = originalOf(listener.call);
  const present = places.get(call);
  if (present instanceof Set) {
    present.delete(listener);
  } else if (present === listener) {
    places.delete(call);
  }
}

/** Wherever a listener is registered. */
export function registrationsOf(call: AnyListener): Iterable<Listener> {
  const present = places.get(call);
  return present === undefined ? [] : present instanceof Set ? present : [present];
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
