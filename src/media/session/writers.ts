import type { Chunk, OutgoingQueue } from './outgoing-queue.js';
import { settled } from './settled.js';

const isTaken = Promise.resolve(true);

/** Those who wait for what they have written to be sent, and those who wait for room before they write. */
export class Writers {
  readonly #queue: OutgoingQueue;
  /** In bytes; a part of a frame needs no room of its own, for it is not sent before the rest is there. */
  readonly #room: number;
  #blocked: Chunk[] = [];
  #patient: (() => void)[] = [];

  constructor(queue: OutgoingQueue, maxQueuedBytes: number) {
    this.#queue = queue;
    this.#room = Math.max(maxQueuedBytes, queue.frameBytes);
  }

  get hasRoom(): boolean {
    return this.#queue.bytes < this.#room;
  }

  /** Resolves when there may be room. */
  room(): Promise<void> {
    return new Promise((resolve) => this.#patient.push(resolve));
  }

  /** Resolves when a chunk of the queue waits no longer: with true once it is sent. */
  sent(chunk: Chunk): Promise<boolean> {
    if (this.#isTaken(chunk)) {
      return isTaken;
    }
    return settled((settle) => {
      chunk.settle = settle;
      this.#blocked.push(chunk);
    });
  }

  /** Something was sent. */
  release(): void {
    const waiting = this.#blocked.findIndex((chunk) => !this.#isTaken(chunk));
    for (const chunk of this.#blocked.splice(0, waiting < 0 ? this.#blocked.length : waiting)) {
      chunk.settle?.(true);
    }
    if (this.hasRoom) {
      this.#wake();
    }
  }

  /** What waits will not be sent. */
  end(result: false | Error): void {
    for (const chunk of this.#blocked.splice(0)) {
      chunk.settle?.(result);
    }
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#patient.splice(0)) {
      resolve();
    }
  }

  #isTaken(chunk: Chunk): boolean {
    return chunk.taken === chunk.audio.length || this.#queue.bytes < this.#queue.frameBytes;
  }
}
