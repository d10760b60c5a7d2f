import type { ListenersById } from './listeners-by-id.js';

/** Whether the object is known to exist, or to have existed: by an answer, or because a snapshot of it is listened to. */
export function isKnown(listeners: ListenersById, id: string): boolean {
  for (let listener = listeners.get(id); listener !== undefined; listener = listener.next) {
    if (listener.existence?.isKnown) {
      return true;
    }
  }
  return false;
}

export function markKnown(listeners: ListenersById, id: string): void {
  for (let listener = listeners.get(id); listener !== undefined; listener = listener.next) {
    if (listener.existence !== undefined) {
      listener.existence.isKnown = true;
    }
  }
}
