import type { Clock } from '../engine/clock.js';
import { VirtualClock } from '../engine/virtual-clock.js';
import { AriError } from '../../errors/ari-error.js';
import { check } from '../checks/check.js';
import { duration, flag } from '../checks/kinds.js';
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

  /**
   * Lets time pass, in milliseconds. All that falls due in it has happened when this returns.
   * @throws {AriError} where the clock is real
   */
  advance(ms: number): void {
    check('clock.advance', { ms }, { ms: duration });
    if (!(this.#clock instanceof VirtualClock)) {
      throw new AriError(
        "clock.advance: only a virtual clock can be advanced; this Asterisk was started with clock: 'real'",
      );
    }
    this.#clock.advance(ms);
  }

  /** Whether prompts and tones take their time by themselves while nothing else happens. */
  get autoAdvance(): boolean {
    return this.#auto?.enabled ?? false;
  }

  set autoAdvance(enabled: boolean) {
    check('clock', { autoAdvance: enabled }, { autoAdvance: flag });
    if (!this.#auto)
      throw new AriError('clock.autoAdvance: only a virtual clock advances by itself; start Asterisk with one');
    this.#auto.enabled = enabled;
  }
}
