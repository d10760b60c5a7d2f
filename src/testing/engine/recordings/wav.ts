const HEADER_BYTES = 44;
const SAMPLE_RATE = 8000;
const BYTES_PER_SAMPLE = 2;
const BYTES_PER_MS = (SAMPLE_RATE * BYTES_PER_SAMPLE) / 1000;

/** A WAV file of silence: 16 bits, 8 kHz, one channel. */
export function silentWav(durationMs: number): Buffer {
  const size = Math.round(durationMs) * BYTES_PER_MS;
  const file = Buffer.alloc(HEADER_BYTES + size);
  file.write('RIFF', 0);
  file.writeUInt32LE(HEADER_BYTES - 8 + size, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(SAMPLE_RATE, 24);
  file.writeUInt32LE(SAMPLE_RATE * BYTES_PER_SAMPLE, 28);
  file.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  file.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34);
  file.write('data', 36);
  file.writeUInt32LE(size, 40);
  return file;
}

/** How long such a file plays. */
export function wavDurationMs(file: Buffer): number {
  return Math.max(0, file.length - HEADER_BYTES) / BYTES_PER_MS;
}

/** One file after the other. */
export function appendWav(first: Buffer, second: Buffer): Buffer {
  return silentWav(wavDurationMs(first) + wavDurationMs(second));
}
