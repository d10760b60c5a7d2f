import { dropOldest } from '../support/drop-oldest.js';

/** Most that are remembered: who hangs up on hold is never taken off it. */
const maxHeld = 10_000;

/** Ids of channels that were put on hold and not taken off it. */
const held = new Set<string>();

/** A channel is on hold from now on, or no longer. */
export function markHeld(id: string, isHeld: boolean): void {
  held.delete(id);
  if (isHeld) {
    held.add(id);
    dropOldest(held, maxHeld);
  }
}

/** Whether a channel may be on hold. That another Asterisk has a channel of the same id does no harm: none is taken off in vain. */
export function mayBeHeld(id: string): boolean {
  return held.has(id);
}

/** What is under way for channels, by their ids. */
const underWay = new Map<string, Promise<unknown>>();

/** Does one thing after the other to a channel: of a key pressed twice, what comes last counts. */
export async function inTurn<T>(id: string, act: () => Promise<T>): Promise<T> {
  const before = underWay.get(id) ?? Promise.resolve();
  const acting = before.then(act, act);
  underWay.set(id, acting);
  try {
    return await acting;
  } finally {
    if (underWay.get(id) === acting) {
      underWay.delete(id);
    }
  }
}
