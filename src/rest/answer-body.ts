import { isUtf8 } from 'node:buffer';
import { AriProtocolError } from '../errors/protocol-error.js';
import { decodeContent } from './content-coding.js';

/** Longest answer, in bytes: many times what an Asterisk with ten thousand channels lists. Files have no limit. */
const maxAnswerBytes = 64 * 1024 * 1024;

/** How much is read of an answer that says what went wrong, in bytes: a page longer than that says nothing more. */
export const maxRefusalBytes = 64 * 1024;

/** Pages of others may be in a one-byte encoding: what is no UTF-8 is read as Latin-1. */
function textOf(bytes: Buffer): string {
  const text = bytes.toString();
  return text.includes('\uFFFD') && !isUtf8(bytes) ? bytes.toString('latin1') : text;
}

/** The body of an answer, collected as it comes, up to a bound. */
export class AnswerBody {
  readonly #operation: string;
  readonly #isRefusal: boolean;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;

  /** @param isRefusal it says what is wrong: its beginning is enough */
  constructor(operation: string, isRefusal: boolean) {
    this.#operation = operation;
    this.#isRefusal = isRefusal;
  }

  /**
   * False if the rest need not be read.
   * @throws {AriProtocolError} if it is longer than an answer may be
   */
  add(chunk: Uint8Array): boolean {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#isRefusal) {
      return this.#size < maxRefusalBytes;
    }
    if (this.#size > maxAnswerBytes) {
      const limit = `${maxAnswerBytes / 1024 / 1024} MiB`;
      throw new AriProtocolError(`${this.#operation}: the answer is longer than ${limit}, the most that is read`);
    }
    return true;
  }

  /**
   * What was collected, as text.
   * @param coding value of the `Content-Encoding` header; empty if there is none
   * @throws {AriProtocolError} if that cannot be undone
   */
  text(coding: string): string {
    const [first] = this.#chunks;
    const bytes = this.#chunks.length === 1 && Buffer.isBuffer(first) ? first : Buffer.concat(this.#chunks);
    return textOf(coding === '' || bytes.length === 0 ? bytes : this.#decode(bytes, coding));
  }

  #decode(bytes: Buffer, coding: string): Buffer {
    try {
      return decodeContent(bytes, coding, maxAnswerBytes);
    } catch (cause) {
      const name = /^[\w-]{1,20}$/.test(coding) ? `the content coding '${coding}'` : 'a content coding';
      const why = `came with ${name}, which was not asked for and cannot be undone`;
      throw new AriProtocolError(`${this.#operation}: the answer ${why}: ${(cause as Error).message}`, { cause });
    }
  }
}
