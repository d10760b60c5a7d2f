import type { AsyncReader } from '../../support/async-reader.js';

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
  readonly ms: number;
  /** No single message may have more. */
  readonly bytes: number;
}

/** How long a message lasts. */
export interface AudioLength {
  /** Bytes that last a millisecond; 0 if that depends on what they say. */
  readonly bytesPerMs: number;
  /** Milliseconds of a message then. */
  readonly frameMs: number;
}

/** So much memory a message takes besides its bytes: whoever sends nothing but tiny ones must not fill it. */
const bytesBesides = 256;

/** A reader that stays behind is told of at most once in this time. */
const quietMs = 1_000;

/**
 * Audio that has come and waits to be taken. Asterisk must always be read, or it stands still with all of its channels:
 * so there is a bound, and the oldest goes first.
 */
export class Receiver {
  #frames: Buffer[] = [];
  readonly #bounds: ReceiveBounds;
  readonly #length: AudioLength;
  readonly #onDropped: (notice: DroppedNotice) => void;
  /** Where those begin that wait; what is before them was taken. */
  #first = 0;
  #readers: Reader[] = [];
  #ended = false;
  readonly #waiting: Amount = { frames: 0, bytes: 0 };
  readonly #received: Amount = { frames: 0, bytes: 0 };
  readonly #dropped: Amount = { frames: 0, bytes: 0 };
  /** What was dropped when the last notice was given. */
  #told: Readonly<Amount> = { frames: 0, bytes: 0 };
  #quietUntil = 0;
  #isRead = false;

  constructor(bounds: ReceiveBounds, length: AudioLength, onDropped: (notice: DroppedNotice) => void) {
    this.#bounds = bounds;
    this.#length = length;
    this.#onDropped = onDropped;
  }

  /** Milliseconds of audio that have come. */
  get receivedMs(): number {
    return this.#msOf(this.#received);
  }

  /** Milliseconds of audio that were let go. */
  get droppedMs(): number {
    return this.#msOf(this.#dropped);
  }

  push(frame: Buffer): void {
    add(this.#received, 1, frame.length);
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader({ value: frame, done: false });
      return;
    }
    add(this.#waiting, 1, frame.length);
    this.#frames.push(frame);
    while (this.#waiting.frames > 1 && this.#isTooMuch) {
      this.#drop(this.#take());
    }
  }

  /** A loop over what comes. Leaving it while it waits takes nothing away from whoever goes on. */
  iterate(): AsyncReader<Buffer> {
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
    if (this.#waiting.frames > 0) {
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

  get #isTooMuch(): boolean {
    const { frames, bytes } = this.#waiting;
    return this.#msOf(this.#waiting) > this.#bounds.ms || bytes + frames * bytesBesides > this.#bounds.bytes;
  }

  #msOf({ frames, bytes }: Readonly<Amount>): number {
    const { bytesPerMs, frameMs } = this.#length;
    return bytesPerMs === 0 ? frames * frameMs : bytes / bytesPerMs;
  }

  #take(): Buffer {
    const frame = this.#frames[this.#first] as Buffer;
    this.#frames[this.#first] = nothing;
    this.#first += 1;
    if (this.#first * 2 > this.#frames.length) {
      this.#frames = this.#frames.slice(this.#first);
      this.#first = 0;
    }
    add(this.#waiting, -1, -frame.length);
    return frame;
  }

  #drop(frame: Buffer): void {
    add(this.#dropped, 1, frame.length);
    const now = performance.now();
    // Where nobody has ever read, nobody is late.
    if (this.#isRead && now >= this.#quietUntil) {
      this.#quietUntil = now + quietMs;
      const frames = this.#dropped.frames - this.#told.frames;
      const bytes = this.#dropped.bytes - this.#told.bytes;
      this.#told = { ...this.#dropped };
      const ms = this.#msOf({ frames, bytes });
      this.#onDropped({ ms, totalMs: this.droppedMs, bytes, totalBytes: this.#dropped.bytes });
    }
  }
}

/** Of audio. */
interface Amount {
  /** Messages. */
  frames: number;
  bytes: number;
}

const nothing = Buffer.alloc(0);

function add(to: Amount, frames: number, bytes: number): void {
  to.frames += frames;
  to.bytes += bytes;
}
