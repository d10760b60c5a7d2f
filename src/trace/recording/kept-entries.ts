import type { DroppedEntry, TraceEntry } from '../entries.js';

/** The latest entries, so many and so many bytes at most. What had to go is counted. */
export class KeptEntries {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  #entries: TraceEntry[] = [];
  #sizes: number[] = [];
  /** Index of the oldest; to take it out of a long array for each would cost the array's length. */
  #first = 0;
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

  /** How many there are. */
  get size(): number {
    return this.#entries.length - this.#first;
  }

  add(entry: TraceEntry, bytes: number): void {
    this.#entries.push(entry);
    this.#sizes.push(bytes);
    this.#bytes += bytes;
    while (this.size > this.#maxEntries || (this.#bytes > this.#maxBytes && this.size > 0)) {
      this.take();
      this.#dropped += 1;
    }
  }

  /** Takes the oldest out. */
  take(): TraceEntry | undefined {
    const entry = this.#entries[this.#first];
    if (entry === undefined) {
      return undefined;
    }
    this.#last = entry;
    this.#bytes -= this.#sizes[this.#first] ?? 0;
    this.#first += 1;
    if (this.#first > 1024 && this.#first * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#first);
      this.#sizes = this.#sizes.slice(this.#first);
      this.#first = 0;
    }
    return entry;
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
    const kept = this.#entries.slice(this.#first);
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
