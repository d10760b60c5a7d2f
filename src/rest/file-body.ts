import { pipeline, Transform, type Readable, type TransformCallback } from 'node:stream';
import { AriConnectionError } from '../errors/connection-error.js';
import { AriError } from '../errors/ari-error.js';
import { cleanError } from '../support/clean-error.js';
import { errorText } from '../support/error-text.js';

/** Whose file it is, and how long it should be. */
export interface FileFacts {
  readonly operation: string;
  /** In bytes, if it was told. */
  readonly size: number | undefined;
  /** Takes secrets out of what is shown. */
  readonly redact: (text: string) => string;
}

/**
 * A file as it arrives. It fails with an error of ours, whatever carried it, and so it does if it is not as long as it was
 * said to be; one that nobody reads may fail without anybody being told.
 */
export class FileBody extends Transform {
  readonly #facts: FileFacts;
  #bytes = 0;

  constructor(source: Readable, facts: FileFacts) {
    super();
    this.#facts = facts;
    this.on('error', () => undefined);
    pipeline(source, this, () => undefined);
  }

  override _transform(chunk: Uint8Array, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#bytes += chunk.length;
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    const { size = this.#bytes } = this.#facts;
    done(size === this.#bytes ? null : this.#broken('the connection was closed'));
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    super._destroy(null, () => done(error === null || error instanceof AriError ? error : this.#explain(error)));
  }

  #explain(error: Error): AriConnectionError {
    const { redact } = this.#facts;
    const { code } = error as NodeJS.ErrnoException;
    return this.#broken(typeof code === 'string' ? code : redact(errorText(error)), cleanError(error, redact));
  }

  #broken(why: string, cause?: unknown): AriConnectionError {
    const { operation, size } = this.#facts;
    const part = size === undefined ? `${this.#bytes} bytes` : `${this.#bytes} of ${size} bytes`;
    return new AriConnectionError(`${operation}: the file broke off after ${part} (${why})`, 'outcomeUnknown', {
      cause,
    });
  }
}
