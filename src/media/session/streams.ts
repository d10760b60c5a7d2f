import { Readable, Writable } from 'node:stream';
import type { Utterance } from './utterance.js';

/** Audio in pieces of no special size. */
export function toReadable(audio: AsyncIterable<Buffer>, frameBytes: number): Readable {
  // What the stream has taken is kept from being dropped: it takes no more than it is asked for.
  return Readable.from(audio, { objectMode: false, highWaterMark: Math.max(frameBytes, 1) });
}

export function toWritable(utterance: Utterance): Writable {
  return new Writable({
    write(audio: Buffer, _encoding, callback) {
      utterance.write(audio).then(() => callback(), callback);
    },
    final(callback) {
      utterance.end().then(() => callback(), callback);
    },
  });
}
