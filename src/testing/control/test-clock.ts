import type { Clock } from '../engine/clock.js';
import { VirtualClock } from '../engine/virtual-clock.js';
import type { AutoAdvance } from './auto-advance.js';

/** Asterisk's clock in the hands of a test. */
export class TestClock {
  readonly #clock: Clock;
  readonly #auto: AutoAdvance | undefined;

  constructor(clock: Clock, auto: AutoAdvance | undefined) {
    this.#clock = clock;
    this.#auto = auto;
  }

  /** Asterisk's time, in milliseconds since 1970. */
  now(): number {
    return this.#clock.now();
  }

  /** Lets time pass. All that falls due in it has happened when this returns. */
  advance(ms: number): void {
    if (!(this.#clock instanceof VirtualClock)) {
      throw new Error("Only a virtual clock can be advanced; this Asterisk was started with clock: 'real'");
    }
    if (!(ms >= 0)) throw new Error(`Time cannot be advanced by ${ms} ms; it must be 0 or more`);
    this.#clock.advance(ms);
  }

  /** Whether prompts and tones take their time by themselves while nothing else happens. */
  get autoAdvance(): boolean {
    return this.#auto?.enabled ?? false;
  }

  set autoAdvance(enabled: boolean) {
    if (!this.#auto) throw new Error("Only a virtual clock advances by itself; start Asterisk with clock: 'virtual'");
    this.#auto.enabled = enabled;
  }
}
