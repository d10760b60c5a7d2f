import { formatNamed } from '../../../media/audio/format.js';
import { isEndless, type Heard } from '../channels/far-end.js';
import type { Engine } from '../parts.js';
import { FrameClock } from './frame-clock.js';

/** So many bytes in which nothing is to be heard. */
export function silenceOf(format: string, bytes: number): Buffer {
  return Buffer.alloc(bytes, formatNamed(format)?.silence ?? 0);
}

/** What Asterisk plays to a program: of the right length, and without content, for the double has no sounds. */
export class SilentPlayer {
  readonly #clock: FrameClock;
  #heard: Heard | undefined;

  /** @param send sends a frame of silence */
  constructor(engine: Engine, send: () => void) {
    this.#clock = new FrameClock(engine, () => {
      if (this.#heard) send();
      return this.#heard !== undefined;
    });
  }

  hear(heard: Heard): void {
    // What never ends by itself would have time run on for ever.
    if (isEndless(heard)) return;
    this.#heard = heard;
    this.#clock.start();
  }

  hearEnd(heard: Heard): void {
    if (this.#heard === heard) this.stop();
  }

  stop(): void {
    this.#heard = undefined;
    this.#clock.stop();
  }
}
