import type { ListenersById } from './listeners-by-id.js';

/**
 * What is known of an object that somebody listens to; a handle and its listeners share it. Only of what is known to
 * have existed can one say that it is gone: a mere handle may belong to an object that is yet to be created.
 */
export interface Existence {
  isKnown: boolean;
}

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
