/** Somebody who wants to know that a signal has aborted. */
export interface AbortListener {
  onAbort(): void;
}

const listeners = new WeakMap<AbortSignal, Set<AbortListener>>();

/**
 * Listens to a signal. However many do, the signal has one listener only: Node warns of a leak from the eleventh on,
 * and a program may well have one signal for everything it does.
 */
export function listenToAbort(signal: AbortSignal | undefined, listener: AbortListener): void {
  if (signal === undefined) {
    return;
  }
  const others = listeners.get(signal);
  if (others !== undefined) {
    others.add(listener);
    return;
  }
  const all = new Set([listener]);
  listeners.set(signal, all);
  signal.addEventListener('abort', tellAll, { once: true });
}

/** Listens no longer; the signal is as it was before, once nobody does. */
export function ignoreAbort(signal: AbortSignal | undefined, listener: AbortListener): void {
  const all = signal && listeners.get(signal);
  if (all?.delete(listener) && all.size === 0) {
    listeners.delete(signal as AbortSignal);
    signal?.removeEventListener('abort', tellAll);
  }
}

function tellAll(this: AbortSignal): void {
  const all = listeners.get(this);
  listeners.delete(this);
  for (const listener of all ?? []) {
    listener.onAbort();
  }
}
