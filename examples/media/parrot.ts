import type { SpeechEvents, SpeechService } from './voice-bot-application.js';

/** Bytes of a millisecond of `slin16`. */
const bytesPerMs = 32;

/** Louder than that is speech: the mean of the samples, whatever their sign. */
const loudness = 500;

/** So long a caller is silent who has said all, in milliseconds. */
const silenceMs = 500;

/** In the place of a speech service: says what the caller has said. */
export class Parrot implements SpeechService {
  readonly #events: SpeechEvents;
  readonly #log: (text: string) => void;
  #phrase: Buffer[] = [];
  /** How much of the phrase's end is silence. */
  #quietMs = 0;

  constructor(events: SpeechEvents, log: (text: string) => void) {
    this.#events = events;
    this.#log = log;
  }

  hear(audio: Buffer): void {
    const isLoud = meanOf(audio) > loudness;
    if (this.#phrase.length === 0) {
      if (!isLoud) return;
      this.#events.onSpeech();
    }
    this.#phrase.push(audio);
    this.#quietMs = isLoud ? 0 : this.#quietMs + audio.length / bytesPerMs;
    if (this.#quietMs >= silenceMs) this.#answer();
  }

  truncate(playedMs: number): void {
    this.#log(`interrupted after ${playedMs} ms`);
  }

  #answer(): void {
    const heard = Buffer.concat(this.#phrase);
    const phrase = heard.subarray(0, heard.length - this.#quietMs * bytesPerMs);
    this.#phrase = [];
    this.#quietMs = 0;
    this.#log(`heard ${phrase.length / bytesPerMs} ms`);
    this.#events.onAnswer(phrase);
  }
}

function meanOf(audio: Buffer): number {
  let sum = 0;
  for (let at = 0; at + 1 < audio.length; at += 2) {
    sum += Math.abs(audio.readInt16LE(at));
  }
  return (sum * 2) / Math.max(audio.length, 2);
}
