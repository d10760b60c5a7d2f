import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AriValidationError } from 'asterisk-ari';
import { WavFile } from 'asterisk-ari/media';
import fc from 'fast-check';
// oxlint-disable-next-line import/default -- CommonJS, whose exports are the default
import wavefile from 'wavefile';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wav-'));
  path = join(folder, 'a.wav');
});

afterEach(() => rm(folder, { recursive: true }));

/** As a library reads it that others use. */
async function read(file: string) {
  const wav = new wavefile.WaveFile(await readFile(file));
  const { numChannels, sampleRate, bitsPerSample, audioFormat } = wav.fmt as Record<string, number>;
  const { chunkSize, samples } = wav.data as { chunkSize: number; samples: Uint8Array };
  return { numChannels, sampleRate, bitsPerSample, audioFormat, audio: Buffer.from(samples).subarray(0, chunkSize) };
}

describe('a WAV file', () => {
  it.each([
    ['slin', 1, { audioFormat: 1, sampleRate: 8_000, bitsPerSample: 16, numChannels: 1 }],
    ['slin16', 2, { audioFormat: 1, sampleRate: 16_000, bitsPerSample: 16, numChannels: 2 }],
    ['slin44', 1, { audioFormat: 1, sampleRate: 44_100, bitsPerSample: 16, numChannels: 1 }],
    ['ulaw', 1, { audioFormat: 7, sampleRate: 8_000, bitsPerSample: 8, numChannels: 1 }],
    ['alaw', 1, { audioFormat: 6, sampleRate: 8_000, bitsPerSample: 8, numChannels: 1 }],
  ])('holds %s, as another library reads it', async (format, channels, header) => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 100 }), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(chunks, async (audio) => {
        await pipeline(Readable.from(audio), new WavFile(path, { format, channels }));
        const whole = Buffer.concat(audio);
        expect(await read(path)).toEqual({ ...header, audio: whole });
        const bytes = await readFile(path);
        // The size of a RIFF file is even, and its header says so.
        expect(bytes.length).toBe(bytes.readUInt32LE(4) + 8);
        expect(bytes.length % 2).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  it('tells how long it is', async () => {
    const file = new WavFile(path, { format: 'slin16' });
    file.write(Buffer.alloc(640));
    file.end(Buffer.alloc(320));
    await once(file, 'finish');
    expect(file.durationMs).toBe(30);
  });

  it('that was not ended is a recording of what was written', async () => {
    const file = new WavFile(path, { format: 'slin' });
    await new Promise((resolve) => file.write(Buffer.from('0123456789'), resolve));
    // So it would lie there, had the process been killed.
    expect((await readFile(path)).readUInt32LE(40)).toBe(0xffff_ffff);
    file.destroy();
    await once(file, 'close');
    expect((await read(path)).audio.toString()).toBe('0123456789');
  });

  it('that is destroyed while it is written or ended holds what was written', async () => {
    for (let turns = 0; turns < 40; turns += 1) {
      const file = new WavFile(path, { format: 'ulaw' });
      await new Promise((resolve) => file.write(Buffer.from('012'), resolve));
      file.write(Buffer.from('34'));
      file.end(Buffer.from('5678'));
      // After so many turns of the loop the one or the other is on its way.
      for (let turn = 0; turn < turns / 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      file.destroy();
      if (!file.closed) await once(file, 'close');
      const bytes = await readFile(path);
      expect(bytes.length).toBe(bytes.readUInt32LE(4) + 8);
      expect(['012', '01234', '012345678']).toContain((await read(path)).audio.toString());
    }
  });

  it('that cannot be written says so', async () => {
    const file = new WavFile(join(folder, 'no', 'such', 'folder.wav'), { format: 'slin' });
    const [error] = (await once(file, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ENOENT');
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  it('refuses formats that it cannot hold', () => {
    expect(() => new WavFile(path, { format: 'opus' })).toThrow(
      /option 'format' must be one of .*slin16.*: .* no opus/,
    );
    expect(() => new WavFile(path, { format: 'slin', channels: 0 })).toThrow("option 'channels'");
  });

  it.each([
    ['ulaw', 65_535],
    ['slin', 32_767],
    ['slin192', 11_184],
  ])('holds so many channels of %s as its header can tell: %i', async (format, most) => {
    const file = new WavFile(path, { format, channels: most });
    await new Promise((resolve) => file.end(resolve));
    expect((await readFile(path)).readUInt16LE(22)).toBe(most);
    const failure = () => new WavFile(path, { format, channels: most + 1 });
    expect(failure).toThrow(`option 'channels' must be at most ${most} with ${format}, not ${most + 1}`);
    expect(failure).toThrow(AriValidationError);
  });

  it.each([5, '', undefined, null])('refuses the path %o at once', (wrong) => {
    const failure = () => new WavFile(wrong as never, { format: 'slin' });
    expect(failure).toThrow('WavFile: path must be a string that is not empty');
    expect(failure).toThrow(AriValidationError);
  });
});
