import type { VirtualClock } from '../engine/virtual-clock.js';

/** While audio flows, that long a rest will do, in milliseconds: the next piece of it is never far away. */
const FRAME_QUIET_MS = 0.25;

/**
 * Lets a virtual clock run on while nothing happens: when Asterisk has been at rest for a moment, time jumps to where
 * the next prompt ends, the next tone or the next piece of audio is due. Time does not pass for somebody who just waits:
 * a call rings until a test says otherwise.
 */
export class AutoAdvance {
  readonly #clock: VirtualClock;
  readonly #quietMs: number;
  #timer: NodeJS.Timeout | undefined;
  /** Counts the turns of the event loop while audio flows: no timer is as short as that rest, nor may the loop sleep. */
  #turn: NodeJS.Immediate | undefined;
  #touched = 0;
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
    if (this.#clock.hasFrames) {
      this.#touched = performance.now();
      this.#turn ??= setImmediate(() => this.#turned());
    } else if (this.#timer) this.#timer.refresh();
    else this.#timer = setTimeout(() => this.#quiet(), this.#quietMs).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
    this.#timer = undefined;
    this.#turn = undefined;
  }

  #turned(): void {
    this.#turn = undefined;
    if (performance.now() - this.#touched >= FRAME_QUIET_MS) this.#quiet();
    else this.#turn = setImmediate(() => this.#turned());
  }

  #quiet(): void {
    this.#timer = undefined;
    if (this.#clock.advanceToMedia()) this.touch();
  }
}
