import { frameSize } from '../channels/frame-size.js';
import { silenceOf } from './silence.js';

/** Cuts audio into frames of 20 ms; the last one is filled up with silence. */
export function cutFrames(audio: Uint8Array, format: string): Buffer[] {
  const size = frameSize(format);
  if (size === 0) throw new Error(`Audio of the format '${format}' cannot be cut into frames`);
  const missing = (size - (audio.length % size)) % size;
  const whole = Buffer.concat([audio, silenceOf(format, missing)]);
  return Array.from({ length: whole.length / size }, (_, index) => whole.subarray(index * size, (index + 1) * size));
}
