import { open, type FileHandle } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { callbackify } from 'node:util';
import { AriValidationError } from '../../errors/validation-error.js';
import { checkGivenOptions, checkWhole, refuseOption } from '../../support/check-option.js';
import { describe } from '../../support/describe.js';
import { formatNamed, sampledFormats, type AudioFormat } from './format.js';
import { wavHeader } from './wav-header.js';

/** What a WAV file holds. */
export interface WavFileOptions {
  /** `slin`, `slin12` … `slin192`, `ulaw` or `alaw`: that of the media, `media.info.format`. */
  readonly format: string;
  /** Samples that belong to one instant; more than one must come interleaved. @default 1 */
  readonly channels?: number | undefined;
}

/**
 * Writes audio to a WAV file as it comes: pipe it, or write to it, and end it. Until the end the header says that the
 * length is unknown, so that a file whose writer was killed can be played nevertheless; then the header is put right.
 */
export class WavFile extends Writable {
  readonly #path: string;
  readonly #format: AudioFormat;
  readonly #channels: number;
  #file: FileHandle | undefined;
  #bytes = 0;
  /** What is being written. */
  #writing: Promise<void> = Promise.resolve();
  #finished: Promise<void> | undefined;

  /**
   * @param path a file that exists is replaced
   * @throws {AriValidationError} for a format, or so many channels, that a WAV file cannot hold
   */
  constructor(path: string, options: WavFileOptions) {
    // Checked first: a stream that has been begun would make its file.
    checkGivenOptions('WavFile', options, ['format', 'channels']);
    const format = checkFormat(options.format);
    const channels = checkChannels(options.channels, format);
    if (typeof path !== 'string' || path === '') {
      throw new AriValidationError(`WavFile: path must be a string that is not empty, not ${describe(path)}`, 'path');
    }
    super();
    this.#path = path;
    this.#format = format;
    this.#channels = channels;
  }

  /** Length of the audio written so far, in milliseconds. */
  get durationMs(): number {
    const { sampleRate, sampleBytes } = this.#format;
    return (this.#bytes * 1_000) / (sampleRate * sampleBytes * this.#channels);
  }

  override _construct(callback: Done): void {
    callbackify(() => this.#begin())(callback);
  }

  override _write(audio: Buffer, _encoding: BufferEncoding, callback: Done): void {
    this.#writing = this.#append(audio);
    callbackify(() => this.#writing)(callback);
  }

  override _final(callback: Done): void {
    callbackify(() => this.#finish())(callback);
  }

  override _destroy(error: Error | null, callback: Done): void {
    callbackify(() => this.#close())((failure) => callback(error ?? failure));
  }

  async #begin(): Promise<void> {
    this.#file = await open(this.#path, 'w');
    await writeAll(this.#file, wavHeader(this.#format, this.#channels));
  }

  async #append(audio: Buffer): Promise<void> {
    await writeAll(this.#file as FileHandle, audio);
    this.#bytes += audio.length;
  }

  #finish(): Promise<void> {
    this.#finished ??= this.#putRight();
    return this.#finished;
  }

  /** Puts the header right. */
  async #putRight(): Promise<void> {
    const file = this.#file as FileHandle;
    if (this.#bytes % 2 === 1) {
      await file.write(Buffer.alloc(1), 0, 1, null);
    }
    await file.write(wavHeader(this.#format, this.#channels, this.#bytes), undefined, undefined, 0);
  }

  async #close(): Promise<void> {
    try {
      // Ended early, what has been written is a recording nevertheless; the stream does not wait for what is on its way.
      await this.#writing.catch(() => undefined);
      if (this.#file !== undefined) {
        await this.#finish();
      }
    } finally {
      await this.#file?.close();
    }
  }
}

type Done = (error?: Error | null) => void;

/** A write may take less than it was given. */
async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, at);
    at += bytesWritten;
  }
}

function checkFormat(name: string): AudioFormat {
  const format = formatNamed(name);
  if (format === undefined) {
    const allowed = sampledFormats.join(', ');
    throw new AriValidationError(`option 'format' must be one of ${allowed}: a WAV file holds no ${name}`, 'format');
  }
  return format;
}

/** The header has two bytes for the one and four for the other. */
const mostBlockBytes = 65_535;
const mostBytesPerSecond = 4_294_967_295;

function checkChannels(value: unknown, { name, sampleRate, sampleBytes }: AudioFormat): number {
  const channels = checkWhole('channels', value, 1, 1);
  const most = Math.floor(Math.min(mostBlockBytes, mostBytesPerSecond / sampleRate) / sampleBytes);
  if (channels > most) {
    throw refuseOption('channels', `must be at most ${most} with ${name}, not ${channels}`);
  }
  return channels;
}
