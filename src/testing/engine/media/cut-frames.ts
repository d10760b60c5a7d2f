import { frameSize } from '../channels/frame-size.js';
import { silenceOf } from './silence.js';

/** Cuts audio of a format that there is into frames of 20 ms; the last one is filled up with silence. */
export function cutFrames(audio: Uint8Array, format: string): Buffer[] {
  const size = frameSize(format);
  const missing = (size - (audio.length % size)) % size;
  const whole = Buffer.concat([audio, silenceOf(format, missing)]);
  return Array.from({ length: whole.length / size }, (_, index) => whole.subarray(index * size, (index + 1) * size));
}
