import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** A file that Asterisk sends, read as it arrives. Read it or `cancel()` it: until then it keeps a connection busy. */
export class StoredFile {
  readonly #stream: Readable;
  /** Media type, such as `audio/wav`, as Asterisk guesses it from the format; empty if it names none. */
  readonly contentType: string;
  /** Size in bytes, if Asterisk tells it. */
  readonly size: number | undefined;

  constructor(stream: Readable, contentType: string, size: number | undefined) {
    this.#stream = stream;
    this.contentType = contentType;
    this.size = size;
  }

  /** The bytes as a stream of Node. */
  stream(): Readable {
    return this.#stream;
  }

  /** All bytes at once. */
  buffer(): Promise<Buffer> {
    return buffer(this.#stream);
  }

  /** Lets the rest go. */
  cancel(): void {
    this.#stream.destroy();
  }

  [Symbol.asyncIterator](): AsyncIterator<Buffer> {
    return this.#stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }
}
