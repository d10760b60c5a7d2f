import type { EventEntry } from '../entries.js';

/** Tells copies of an event, for another application or another client, from events that are alike. */
export class Occurrences {
  readonly #seen = new Map<string, number>();

  /** Whether it is told for the first time that this has happened. */
  isNew({ client, application, event }: EventEntry): boolean {
    const happening = JSON.stringify({ ...event, application: undefined, asterisk_id: undefined });
    const byReceiver = this.#count(`${client} ${application} ${happening}`);
    if (byReceiver <= (this.#seen.get(happening) ?? 0)) {
      return false;
    }
    this.#seen.set(happening, byReceiver);
    return true;
  }

  #count(key: string): number {
    const count = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, count);
    return count;
  }
}
