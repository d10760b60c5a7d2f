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
