import type { Clock, Timer, TimerKind } from './clock.js';

/** The clock on the wall, or one that runs a number of times as fast. */
export class RealClock implements Clock {
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #start = Date.now();
  readonly #speed: number;

  constructor(speed = 1) {
    this.#speed = speed;
  }

  now(): number {
    return Math.round(this.#start + (Date.now() - this.#start) * this.#speed);
  }

  after(ms: number, _kind: TimerKind, action: () => void): Timer {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms / this.#speed);
    this.#timers.add(timer);
    return {
      cancel: () => {
        clearTimeout(timer);
        this.#timers.delete(timer);
      },
    };
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
