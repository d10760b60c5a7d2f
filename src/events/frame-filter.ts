import { findType, isRepeated, nowhere, quote } from './frame-head.js';

/**
 * Tells frames that nobody wants by the type of their event, without decoding or parsing them and without allocating
 * anything.
 */
export class FrameFilter<T> {
  readonly #byHash = new Map<number, Entry<T>[]>();
  readonly #isUnwanted: (value: T) => boolean;

  /** @param values what stands for each type of event */
  constructor(values: Iterable<readonly [type: string, value: T]>, isUnwanted: (value: T) => boolean) {
    this.#isUnwanted = isUnwanted;
    for (const [type, value] of values) {
      const bytes = Buffer.from(type);
      const hash = bytes.reduce(mix, 0);
      const entries = this.#byHash.get(hash) ?? [];
      entries.push({ bytes, value });
      this.#byHash.set(hash, entries);
    }
  }

  /** Whether the frame is certainly an event of an unwanted type. */
  refuses(frame: Buffer): boolean {
    return this.find(frame) !== undefined;
  }

  /** The unwanted type that the frame is certainly an event of. */
  find(frame: Buffer): T | undefined {
    const start = findType(frame);
    if (start === nowhere) {
      return undefined;
    }
    let hash = 0;
    let end = start;
    for (; end < frame.length && frame[end] !== quote; end += 1) {
      hash = mix(hash, frame[end] as number);
    }
    const entries = this.#byHash.get(hash) ?? none;
    for (const { bytes, value } of entries) {
      if (this.#isUnwanted(value) && isEqual(bytes, frame, start, end)) {
        return isRepeated(frame, end) ? undefined : value;
      }
    }
    return undefined;
  }
}

interface Entry<T> {
  readonly bytes: Buffer;
  readonly value: T;
}

const none: readonly never[] = [];

function mix(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0;
}

function isEqual(bytes: Buffer, frame: Buffer, start: number, end: number): boolean {
  if (bytes.length !== end - start) {
    return false;
  }
  for (let index = 0; index < bytes.length; index += 1) {
    if (bytes[index] !== frame[start + index]) {
      return false;
    }
  }
  return true;
}
