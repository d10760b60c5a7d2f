import type { AudioFormat } from './format.js';

/** Formats of samples that a WAV file can hold, by the number that it has there. */
const tags = new Map([
  ['alaw', 6],
  ['ulaw', 7],
]);
const pcm = 1;

/** What a size says while the end is unknown, and where it does not fit: read on to the end of the file. */
const untold = 0xffff_ffff;

/** What a WAV file begins with. @param dataBytes bytes of audio that follow; without it the size is yet unknown */
export function wavHeader(
  { name, sampleRate, sampleBytes }: AudioFormat,
  channels: number,
  dataBytes?: number,
): Buffer {
  const tag = tags.get(name) ?? pcm;
  const blockBytes = sampleBytes * channels;
  const format = Buffer.alloc(tag === pcm ? 16 : 18);
  format.writeUInt16LE(tag, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE(sampleRate * blockBytes, 8);
  format.writeUInt16LE(blockBytes, 12);
  format.writeUInt16LE(sampleBytes * 8, 14);
  const chunks = [chunk('fmt ', format)];
  if (tag !== pcm) {
    // Whatever is not linear must tell how many samples there are.
    const fact = Buffer.alloc(4);
    fact.writeUInt32LE(size(dataBytes === undefined ? untold : dataBytes / blockBytes));
    chunks.push(chunk('fact', fact));
  }
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks, chunkHead('data', dataBytes ?? untold)]);
  const padded = dataBytes === undefined ? untold : dataBytes + (dataBytes % 2);
  return Buffer.concat([chunkHead('RIFF', body.length + padded), body]);
}

function chunk(id: string, body: Buffer): Buffer {
  return Buffer.concat([chunkHead(id, body.length), body]);
}

function chunkHead(id: string, bytes: number): Buffer {
  const head = Buffer.alloc(8, id);
  head.writeUInt32LE(size(bytes), 4);
  return head;
}

function size(number: number): number {
  return Math.min(number, untold);
}
