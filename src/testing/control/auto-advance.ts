import type { VirtualClock } from '../engine/virtual-clock.js';

/** While audio flows, that long a rest will do, in milliseconds: a piece of it is due every 20 ms. */
const FRAME_QUIET_MS = 1;

/**
 * Lets a virtual clock run on while nothing happens: when Asterisk has been at rest for a moment, time jumps to where
 * the next prompt ends or the next tone is due. Time does not pass for somebody who just waits: a call rings until a
 * test says otherwise.
 */
export class AutoAdvance {
  readonly #clock: VirtualClock;
  readonly #quietMs: number;
  #timer: NodeJS.Timeout | undefined;
  #waitsMs = 0;
  #enabled = false;

  constructor(clock: VirtualClock, quietMs: number) {
    this.#clock = clock;
    this.#quietMs = quietMs;
  }

  get enabled(): boolean {
    return this.#enabled;
  }

  set enabled(enabled: boolean) {
    this.#enabled = enabled;
    if (enabled) this.touch();
    else this.close();
  }

  /** Something happened. */
  touch(): void {
    if (!this.#enabled) return;
    const quietMs = this.#clock.hasFrames ? Math.min(FRAME_QUIET_MS, this.#quietMs) : this.#quietMs;
    if (this.#timer && quietMs === this.#waitsMs) {
      this.#timer.refresh();
      return;
    }
    this.close();
    this.#waitsMs = quietMs;
    this.#timer = setTimeout(() => this.#quiet(), quietMs).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #quiet(): void {
    this.#timer = undefined;
    if (this.#clock.advanceToMedia()) this.touch();
  }
}
