import type { Timer } from '../clock.js';
import type { Engine } from '../parts.js';

/** Length of a frame, in milliseconds. */
export const FRAME_MS = 20;

/** Ticks once a frame, as long as there is something to do. */
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
    this.#timer ??= this.#engine.after(FRAME_MS, 'frame', () => {
      this.#timer = undefined;
      if (this.#tick()) this.start();
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
