/** Told of audio that nobody has taken in time. */
export interface DroppedNotice {
  /** Milliseconds of audio that were let go since the last notice. */
  readonly ms: number;
  /** Milliseconds of audio that were let go since the beginning. */
  readonly totalMs: number;
  /** The same two in bytes. */
  readonly bytes: number;
  readonly totalBytes: number;
}

type Reader = (result: IteratorResult<Buffer, undefined>) => void;

const over: IteratorReturnResult<undefined> = { value: undefined, done: true };

/** How much may wait. */
export interface ReceiveBounds {
  /** Messages. */
  readonly frames: number;
  /** No single message may have more. */
  readonly bytes: number;
}

/** A reader that stays behind is told of at most once in this time. */
const quietMs = 1_000;

/**
 * Audio that has come and waits to be taken. Asterisk must always be read, or it stands still with all of its channels:
 * so there is a bound, and the oldest goes first.
 */
export class Receiver {
  readonly #frames: (Buffer | undefined)[];
  readonly #maxBytes: number;
  readonly #frameMs: number;
  readonly #onDropped: (notice: DroppedNotice) => void;
  #first = 0;
  #count = 0;
  #readers: Reader[] = [];
  #ended = false;
  /** Bytes that wait. */
  #bytes = 0;
  #received = 0;
  #dropped = { frames: 0, bytes: 0 };
  /** What was dropped when the last notice was given. */
  #told = { frames: 0, bytes: 0 };
  #quietUntil = 0;
  #isRead = false;

  constructor(bounds: ReceiveBounds, frameMs: number, onDropped: (notice: DroppedNotice) => void) {
    this.#frames = Array.from({ length: bounds.frames });
    this.#maxBytes = bounds.bytes;
    this.#frameMs = frameMs;
    this.#onDropped = onDropped;
  }

  /** Milliseconds of audio that have come. */
  get receivedMs(): number {
    return this.#received * this.#frameMs;
  }

  /** Milliseconds of audio that were let go. */
  get droppedMs(): number {
    return this.#dropped.frames * this.#frameMs;
  }

  push(frame: Buffer): void {
    this.#received += 1;
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader({ value: frame, done: false });
      return;
    }
    while (this.#count > 0 && (this.#count === this.#frames.length || this.#bytes + frame.length > this.#maxBytes)) {
      this.#drop(this.#take());
    }
    this.#frames[(this.#first + this.#count) % this.#frames.length] = frame;
    this.#count += 1;
    this.#bytes += frame.length;
  }

  /** A loop over what comes. Leaving it while it waits takes nothing away from whoever goes on. */
  iterate(): AsyncIterableIterator<Buffer, undefined, undefined> {
    const own = new Set<Reader>();
    return {
      next: () => this.next(own),
      return: () => {
        this.#readers = this.#readers.filter((reader) => !own.has(reader));
        own.forEach((reader) => reader(over));
        return Promise.resolve(over);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /** @param waiting has whoever waits, as long as it does */
  next(waiting = new Set<Reader>()): Promise<IteratorResult<Buffer, undefined>> {
    this.#isRead = true;
    if (this.#count > 0) {
      return Promise.resolve({ value: this.#take(), done: false });
    }
    if (this.#ended) {
      return Promise.resolve(over);
    }
    return new Promise((resolve) => {
      const reader: Reader = (result) => {
        waiting.delete(reader);
        resolve(result);
      };
      waiting.add(reader);
      this.#readers.push(reader);
    });
  }

  /** Nothing more will come; what waits can still be taken. */
  end(): void {
    this.#ended = true;
    for (const reader of this.#readers.splice(0)) {
      reader(over);
    }
  }

  #take(): Buffer {
    const frame = this.#frames[this.#first] as Buffer;
    this.#frames[this.#first] = undefined;
    this.#first = (this.#first + 1) % this.#frames.length;
    this.#count -= 1;
    this.#bytes -= frame.length;
    return frame;
  }

  #drop(frame: Buffer): void {
    this.#dropped.frames += 1;
    this.#dropped.bytes += frame.length;
    const now = performance.now();
    // Where nobody has ever read, nobody is late.
    if (this.#isRead && now >= this.#quietUntil) {
      this.#quietUntil = now + quietMs;
      const ms = (this.#dropped.frames - this.#told.frames) * this.#frameMs;
      const bytes = this.#dropped.bytes - this.#told.bytes;
      this.#told = { ...this.#dropped };
      this.#onDropped({ ms, totalMs: this.droppedMs, bytes, totalBytes: this.#dropped.bytes });
    }
  }
}
