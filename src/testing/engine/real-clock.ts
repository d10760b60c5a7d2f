import { longestMs } from '../../support/check-option.js';
import type { Clock, Timer, TimerKind } from './clock.js';

/** The clock on the wall, or one that runs a number of times as fast. */
export class RealClock implements Clock {
  readonly #timers = new Set<Timer>();
  readonly #start = Date.now();
  readonly #speed: number;

  constructor(speed = 1) {
    this.#speed = speed;
  }

  now(): number {
    return Math.round(this.#start + (Date.now() - this.#start) * this.#speed);
  }

  after(ms: number, _kind: TimerKind, action: () => void): Timer {
    let pending: NodeJS.Timeout;
    const timer: Timer = {
      cancel: () => {
        clearTimeout(pending);
        this.#timers.delete(timer);
      },
    };
    // What is longer than a timer of Node can hold is waited for in parts.
    const wait = (leftMs: number): void => {
      const partMs = Math.min(leftMs, longestMs);
      pending = setTimeout(() => {
        if (leftMs > partMs) {
          wait(leftMs - partMs);
        } else {
          this.#timers.delete(timer);
          action();
        }
      }, partMs);
    };
    wait(ms / this.#speed);
    this.#timers.add(timer);
    return timer;
  }

  close(): void {
    for (const timer of this.#timers) timer.cancel();
  }
}
