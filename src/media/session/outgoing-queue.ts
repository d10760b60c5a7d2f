import type { Outcome } from './outcome.js';
import type { Utterance } from './utterance.js';

/** Audio that waits to be sent. */
export interface Chunk {
  readonly kind: 'audio';
  readonly audio: Buffer;
  /** Bytes that were taken already. */
  taken: number;
  readonly utterance: Utterance | undefined;
  /** Told once it waits no longer: whether it was sent, or what has failed. */
  settle: ((isSent: boolean | Error) => void) | undefined;
}

/** Somebody who waits until the audio before is played. */
export interface Station {
  readonly kind: 'mark' | 'drained';
  readonly settle: (outcome: Outcome | Error) => void;
}

/** A message's worth of audio, and whose it is. */
export interface Taken {
  readonly audio: Buffer;
  readonly frames: number;
  readonly parts: readonly Part[];
}

interface Part {
  readonly chunk: Chunk;
  readonly bytes: number;
}

/** What is next: whole frames, a part of one that waits for the rest, or somebody to be told. */
export type Next = 'frames' | 'part' | Station | undefined;

/** What waits on our side: audio of any chunking, cut into whole frames as it is taken, and those who wait for it. */
export class OutgoingQueue {
  /** Bytes of a frame; 0 if every chunk is one. */
  frameBytes: number;
  readonly #silence: number;
  #items: (Chunk | Station)[] = [];
  /** Index of the first item; shifting a long array for each would cost its length. */
  #first = 0;
  #bytes = 0;

  constructor(frameBytes: number, silence: number) {
    this.frameBytes = frameBytes;
    this.#silence = silence;
  }

  /** Bytes of audio. */
  get bytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#first === this.#items.length;
  }

  get next(): Next {
    const head = this.#items[this.#first];
    if (head?.kind !== 'audio') {
      return head;
    }
    const { bytes, isFollowed } = this.#run(this.frameBytes);
    return bytes >= this.frameBytes || isFollowed ? 'frames' : 'part';
  }

  push(item: Chunk | Station): void {
    this.#items.push(item);
    if (item.kind === 'audio') {
      this.#bytes += item.audio.length;
    }
  }

  /** Takes the first item away. */
  shift(): void {
    this.#first += 1;
    if (this.#first === this.#items.length || (this.#first > 256 && this.#first * 2 > this.#items.length)) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
  }

  /** The next whole frames up to a number; less than one is filled up with silence. There must be audio. */
  take(mostFrames: number): Taken {
    if (this.frameBytes === 0) {
      return this.#cut((this.#items[this.#first] as Chunk).audio.length, 1);
    }
    const { bytes } = this.#run(mostFrames * this.frameBytes);
    const frames = Math.floor(bytes / this.frameBytes);
    return frames > 0 ? this.#cut(frames * this.frameBytes, frames) : this.#cut(bytes, 1);
  }

  /** Empties it, and returns what there was. */
  clear(): readonly (Chunk | Station)[] {
    const items = this.#items.slice(this.#first);
    this.#items = [];
    this.#first = 0;
    this.#bytes = 0;
    return items;
  }

  /** How much audio comes first, as far as that matters, and whether somebody waits behind it. */
  #run(most: number): { readonly bytes: number; readonly isFollowed: boolean } {
    let bytes = 0;
    for (let at = this.#first; at < this.#items.length; at += 1) {
      const item = this.#items[at] as Chunk | Station;
      if (item.kind !== 'audio') {
        return { bytes, isFollowed: true };
      }
      bytes += item.audio.length - item.taken;
      if (bytes >= most) {
        return { bytes: most, isFollowed: false };
      }
    }
    return { bytes, isFollowed: false };
  }

  #cut(bytes: number, frames: number): Taken {
    const parts: Part[] = [];
    const pieces: Buffer[] = [];
    for (let left = bytes; left > 0;) {
      const chunk = this.#items[this.#first] as Chunk;
      const end = Math.min(chunk.taken + left, chunk.audio.length);
      pieces.push(chunk.audio.subarray(chunk.taken, end));
      parts.push({ chunk, bytes: end - chunk.taken });
      left -= end - chunk.taken;
      chunk.taken = end;
      if (end === chunk.audio.length) {
        this.shift();
      }
    }
    this.#bytes -= bytes;
    const missing = frames * this.frameBytes - bytes;
    if (missing > 0) {
      pieces.push(Buffer.alloc(missing, this.#silence));
    }
    return { audio: pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces), frames, parts };
  }
}
