import type { Outcome } from './outcome.js';
import type { Station } from './outgoing-queue.js';

/**
 * Those who wait until nothing is left to play. Asterisk reports it once for each time that it is asked, and may do so
 * between two messages of ours: a report counts for the audio that was sent before it was asked for.
 */
export class DrainedWaits {
  #waits: { readonly position: number; readonly station: Station }[] = [];
  /** Milliseconds of audio that were sent when it was asked last; `undefined` when it has reported since. */
  #askedAt: number | undefined;
  /** Whether a flush has come since it was asked. */
  #isStale = false;

  get areAwaited(): boolean {
    return this.#waits.length > 0;
  }

  /** Somebody waits; returns whether to ask for a report. @param sent milliseconds of audio that were sent so far */
  add(station: Station, sent: number): boolean {
    this.#waits.push({ position: sent, station });
    return this.#ask(sent);
  }

  /** Nothing is left; returns whether to ask again. */
  reported(sent: number): boolean {
    const heard = this.#isStale ? Number.NEGATIVE_INFINITY : (this.#askedAt ?? Number.NEGATIVE_INFINITY);
    this.#askedAt = undefined;
    this.#isStale = false;
    const waits = this.#waits;
    this.#waits = waits.filter(({ position }) => position > heard);
    for (const { position, station } of waits) {
      if (position <= heard) {
        station.settle('played');
      }
    }
    return this.#waits.length > 0 && this.#ask(sent);
  }

  /** They are told in another way. */
  takeAll(): readonly Station[] {
    return this.#waits.splice(0).map(({ station }) => station);
  }

  /** There will be no end of what was to be played. */
  abandon(outcome: Outcome | Error): void {
    if (outcome instanceof Error) {
      // The report that was asked for did not come: it is asked for anew.
      this.#askedAt = undefined;
    }
    this.#isStale = this.#askedAt !== undefined;
    for (const { station } of this.#waits.splice(0)) {
      station.settle(outcome);
    }
  }

  #ask(sent: number): boolean {
    const isAsked = this.#askedAt !== undefined;
    this.#askedAt ??= sent;
    return !isAsked;
  }
}
