import type { VirtualClock } from '../engine/virtual-clock.js';

/**
 * Lets a virtual clock run on while nothing happens: when Asterisk has been at rest for a moment, time jumps to where
 * the next prompt ends or the next tone is due. Time does not pass for somebody who just waits: a call rings until a
 * test says otherwise.
 */
export class AutoAdvance {
  readonly #clock: VirtualClock;
  readonly #quietMs: number;
  #timer: NodeJS.Timeout | undefined;
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
    if (this.#timer) this.#timer.refresh();
    else this.#timer = setTimeout(() => this.#quiet(), this.#quietMs).unref();
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
