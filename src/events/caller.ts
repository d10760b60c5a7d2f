import type { Activity } from '../support/activity.js';
import { watchOutcome } from '../support/watch-outcome.js';
import type { Backlog, Listener } from './listener.js';

/** Calls listeners, so that none can stop the others or the process. */
export class Caller {
  readonly #onFailure: (error: unknown, event: unknown) => void;
  readonly #activity: Activity;

  /**
   * @param onFailure receives what listeners throw or reject with; it must not throw itself
   * @param activity counts listeners whose promises have not settled
   */
  constructor(onFailure: (error: unknown, event: unknown) => void, activity: Activity) {
    this.#onFailure = onFailure;
    this.#activity = activity;
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
    if (listener.backlog !== undefined) {
      if (listener.born < sequence) {
        listener.backlog.events.push([listener, subject, event]);
      }
    } else if (mayCall(listener, sequence)) {
      try {
        this.#watch(listener.call(subject, event), event);
      } catch (error) {
        this.#onFailure(error, event);
      }
    }
  }

  /** Tells a listener of a single object what came before it. */
  callLate(listener: Listener, subject: unknown, event: unknown): void {
    const { backlog } = listener;
    listener.backlog = undefined;
    this.callWith(listener, Infinity, subject, event);
    listener.backlog = backlog;
  }

  /** Listeners have been told what came before them: now comes what came since, and the end if that has come. */
  release(listeners: readonly Listener[], { events, ending }: Backlog): void {
    for (const listener of listeners) {
      listener.backlog = undefined;
    }
    for (const [listener, subject, event] of events) {
      this.callWith(listener, Infinity, subject, event);
    }
    if (ending !== undefined) {
      for (const listener of listeners) {
        listener.end(ending);
      }
    }
  }

  #watch(result: unknown, event: unknown): void {
    // Most listeners return nothing that could fail later: no function is made for those.
    if (typeof result === 'object' || typeof result === 'function') {
      watchOutcome(result, (error) => this.#onFailure(error, event), this.#activity);
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
