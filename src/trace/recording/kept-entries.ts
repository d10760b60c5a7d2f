import { Line } from '../../support/line.js';
import type { DroppedEntry, TraceEntry } from '../entries.js';

/** The latest entries, so many and so many bytes at most. What had to go is counted. */
export class KeptEntries {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  readonly #kept = new Line<{ readonly entry: TraceEntry; readonly bytes: number }>();
  #bytes = 0;
  #dropped = 0;
  #last: TraceEntry | undefined;

  constructor(maxEntries: number, maxBytes: number) {
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
  }

  /** How many had to go. */
  get dropped(): number {
    return this.#dropped;
  }

  add(entry: TraceEntry, bytes: number): void {
    this.#kept.add({ entry, bytes });
    this.#bytes += bytes;
    while (this.#kept.size > this.#maxEntries || this.#bytes > this.#maxBytes) {
      this.take();
      this.#dropped += 1;
    }
  }

  /** Takes the oldest out. */
  take(): TraceEntry | undefined {
    const oldest = this.#kept.shift();
    this.#bytes -= oldest?.bytes ?? 0;
    this.#last = oldest?.entry ?? this.#last;
    return oldest?.entry;
  }

  /** What had to go since this was asked last, as an entry; undefined if nothing. */
  takeDropped(): DroppedEntry | undefined {
    const entry = this.#droppedEntry();
    this.#dropped = 0;
    return entry;
  }

  /** Those that there are, after one that says how many had to go before them. */
  list(): TraceEntry[] {
    const dropped = this.#droppedEntry();
    const kept = this.#kept.values().map(({ entry }) => entry);
    return dropped === undefined ? kept : [dropped, ...kept];
  }

  #droppedEntry(): DroppedEntry | undefined {
    if (this.#dropped === 0 || this.#last === undefined) {
      return undefined;
    }
    const { seq, at } = this.#last;
    return { kind: 'dropped', seq, at, client: '', count: this.#dropped };
  }
}
