import { batch, signal } from '@preact/signals';
import type { Entry } from '../../shared/entry.js';
import { typeOf } from '../../shared/selection.js';
import type { Call } from './call.js';
import { Calls } from './calls.js';

/** Until the program says how many. */
const DEFAULT_KEEP = 20_000;

/** All entries that the page has, and what follows from them. Its parts are read again when `version` has changed. */
class Log {
  /** Grows with every frame in which something came. */
  readonly version = signal(0);
  /** Entries that the page was not sent, because it, or its connection, was too slow. */
  readonly skipped = signal(0);
  keep = DEFAULT_KEEP;
  entries: Entry[] = [];
  /** Grows when entries are taken away, or all of them are other ones. */
  generation = 0;
  readonly types = new Set<string>();
  readonly applications = new Set<string>();
  calls = new Calls();
  callOf = new WeakMap<Entry, Call>();
  #frame: number | undefined;

  add(entries: readonly Entry[], skipped: number): void {
    for (const entry of entries) this.#take(entry);
    if (this.entries.length > this.keep) this.#trim();
    this.skipped.value += skipped;
    this.#changed();
  }

  clear(): void {
    this.entries = [];
    this.calls = new Calls();
    this.generation += 1;
    batch(() => {
      this.skipped.value = 0;
      this.version.value += 1;
    });
  }

  #take(entry: Entry): void {
    this.entries.push(entry);
    const call = this.calls.add(entry);
    if (call !== undefined) this.callOf.set(entry, call);
    const type = typeOf(entry);
    if (type !== undefined) this.types.add(type);
    if (entry.kind === 'event' && entry.application !== '') this.applications.add(entry.application);
  }

  /** A tenth at a time, since those who show them begin anew. */
  #trim(): void {
    this.entries = this.entries.slice(this.entries.length - Math.floor(this.keep * 0.9));
    this.calls.forgetBefore(this.entries[0]?.seq ?? 0);
    this.generation += 1;
  }

  /** Once a frame; where there are none, because nobody looks, in a moment. */
  #changed(): void {
    if (this.#frame !== undefined) return;
    const tell = (): void => {
      this.#frame = undefined;
      this.version.value += 1;
    };
    this.#frame = document.hidden ? window.setTimeout(tell, 200) : requestAnimationFrame(tell);
  }
}

export const log = new Log();
