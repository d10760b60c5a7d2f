import { watchOutcome } from '../support/watch-outcome.js';
import type { Listener } from './listener.js';

/** Calls listeners, so that none can stop the others or the process. */
export class Caller {
  readonly #onFailure: (error: unknown, event: unknown) => void;

  /** @param onFailure receives what listeners throw or reject with; it must not throw itself */
  constructor(onFailure: (error: unknown, event: unknown) => void) {
    this.#onFailure = onFailure;
  }

  /** Calls a listener that was there before the event. @param sequence the event's number */
  call(listener: Listener, sequence: number, event: unknown): void {
    if (mayCall(listener, sequence)) {
      try {
        this.#watch(listener.call(event), event);
      } catch (error) {
        this.#onFailure(error, event);
      }
    }
  }

  /** Like `call`, handing over what the event is about as well. */
  callWith(listener: Listener, sequence: number, subject: unknown, event: unknown): void {
    if (mayCall(listener, sequence)) {
      try {
        this.#watch(listener.call(subject, event), event);
      } catch (error) {
        this.#onFailure(error, event);
      }
    }
  }

  #watch(result: unknown, event: unknown): void {
    // Most listeners return nothing that could fail later: no function is made for those.
    if (typeof result === 'object' || typeof result === 'function') {
      watchOutcome(result, (error) => this.#onFailure(error, event));
    }
  }
}

/** A listener never sees the event during which it was added, nor one after it was closed. */
function mayCall(listener: Listener, sequence: number): boolean {
  if (listener.closed || listener.born >= sequence) {
    return false;
  }
  if (listener.once) {
    listener.close();
  }
  return true;
}
