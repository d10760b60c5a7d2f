import { Readable, Writable } from 'node:stream';
import { callbackify } from 'node:util';
import type { Utterance } from './utterance.js';

/** Audio in pieces of no special size. */
export function toReadable(audio: AsyncIterable<Buffer>, frameBytes: number): Readable {
  // What the stream has taken cannot be dropped any more: it takes no more than it is asked for.
  return Readable.from(audio, { objectMode: false, highWaterMark: Math.max(frameBytes, 1) });
}

export function toWritable(utterance: Utterance): Writable {
  const write = callbackify((audio: Buffer) => utterance.flow(audio));
  const end = callbackify(() => utterance.end());
  return new Writable({
    write: (audio: Buffer, _encoding, callback) => write(audio, callback),
    final: (callback) => end(callback),
  });
}
