import type { Timer } from '../clock.js';
import type { Engine } from '../parts.js';

/** Length of a frame, in milliseconds. */
export const FRAME_MS = 20;

/** Ticks once a frame, as long as there is something to do; all such clocks tick at the same times. */
export class FrameClock {
  readonly #engine: Engine;
  readonly #tick: () => boolean;
  #timer: Timer | undefined;

  /** @param tick returns whether there is more to do */
  constructor(engine: Engine, tick: () => boolean) {
    this.#engine = engine;
    this.#tick = tick;
  }

  /** There is something to do. */
  start(): void {
    const wait = FRAME_MS - (this.#engine.clock.now() % FRAME_MS);
    this.#timer ??= this.#engine.after(wait, 'frame', () => {
      this.#timer = undefined;
      if (this.#tick()) this.start();
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
