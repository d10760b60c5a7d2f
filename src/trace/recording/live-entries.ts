import type { TraceEntry } from '../entries.js';
import { KeptEntries } from './kept-entries.js';

/** Entries as they come, for one `for await` loop. A slow one loses the oldest, and is told how many. */
export class LiveEntries implements AsyncIterableIterator<TraceEntry, undefined, undefined> {
  readonly #waiting: KeptEntries;
  readonly #left: (live: LiveEntries) => void;
  #readers: ((result: IteratorResult<TraceEntry, undefined>) => void)[] = [];
  #ended = false;

  constructor(waiting: KeptEntries, left: (live: LiveEntries) => void) {
    this.#waiting = waiting;
    this.#left = left;
  }

  push(entry: TraceEntry, bytes: number): void {
    const reader = this.#readers.shift();
    if (reader === undefined) {
      this.#waiting.add(entry, bytes);
    } else {
      reader({ value: entry, done: false });
    }
  }

  /** No more will come; what waits may still be read. */
  end(): void {
    this.#ended = true;
    for (const reader of this.#readers.splice(0)) {
      reader({ value: undefined, done: true });
    }
  }

  next(): Promise<IteratorResult<TraceEntry, undefined>> {
    const value = this.#waiting.takeDropped() ?? this.#waiting.take();
    if (value !== undefined) {
      return Promise.resolve({ value, done: false });
    }
    if (this.#ended) {
      return Promise.resolve({ value: undefined, done: true });
    }
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  return(): Promise<IteratorResult<TraceEntry, undefined>> {
    while (this.#waiting.take() !== undefined);
    this.#waiting.takeDropped();
    this.#left(this);
    this.end();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
