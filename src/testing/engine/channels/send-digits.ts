import type { Timer } from '../clock.js';
import type { Engine } from '../parts.js';
import type { Channel } from './channel.js';

/** How digits follow each other, in milliseconds. */
export interface DigitTiming {
  readonly before: number;
  readonly between: number;
  readonly duration: number;
  readonly after: number;
}

/** Asterisk listens this long before its first tone. */
const LEAD_IN = 100;

/** No interval is longer: Asterisk takes such a number for a negative one. */
const LONGEST = 2 ** 31 - 1;

/**
 * Digits on their way to a channel's far side, one after the other. As in Asterisk, a hang-up breaks off the one interval
 * that goes on: before the digits or within one the rest is sent all the same, between two of them no more are sent. A
 * negative interval does not end by itself, so the channel does not go before it is hung up, and a second one never ends.
 */
export class DigitSending {
  readonly #engine: Engine;
  readonly #channel: Channel;
  readonly #digits: readonly string[];
  readonly #timing: DigitTiming;
  readonly #done: () => void;
  #timer: Timer | undefined;
  /** What the hang-up does to the interval that goes on. */
  #breakOff: (() => void) | undefined;
  #hungUp = false;

  constructor(engine: Engine, channel: Channel, digits: string, timing: DigitTiming, done: () => void) {
    this.#engine = engine;
    this.#channel = channel;
    this.#digits = [...digits].filter((digit) => /[0-9*#A-Da-dwW]/.test(digit));
    this.#timing = timing;
    this.#done = done;
  }

  start(): void {
    const listen = (): void =>
      this.#wait(
        LEAD_IN,
        () => this.#send(0),
        () => this.#end(),
      );
    if (this.#timing.before === 0) listen();
    else this.#wait(this.#timing.before, listen, listen);
  }

  /** The channel is hung up; `done` may still take its time. */
  hangUp(): void {
    if (this.#hungUp) return;
    this.#hungUp = true;
    this.#timer?.cancel();
    this.#breakOff?.();
  }

  /** Sends nothing more, and is not done either. */
  cancel(): void {
    this.#timer?.cancel();
  }

  #send(at: number): void {
    const digit = this.#digits[at];
    const { duration, between } = this.#timing;
    const next = (): void => this.#send(at + 1);
    const stop = (): void => this.#end();
    if (digit === undefined) {
      stop();
    } else if (/w/i.test(digit)) {
      this.#wait(digit === 'w' ? 500 : 1000, next, stop);
    } else {
      const sent = (): void => {
        this.#channel.farEnd.digit(digit, duration);
        this.#wait(between, next, stop);
      };
      this.#wait(duration, sent, sent);
    }
  }

  #end(): void {
    if (this.#timing.after === 0) this.#done();
    else this.#wait(this.#timing.after, this.#done, this.#done);
  }

  #wait(ms: number, over: () => void, brokenOff: () => void): void {
    this.#breakOff = brokenOff;
    const ends = ms >= 0 && ms <= LONGEST;
    this.#timer = ends ? this.#engine.after(ms, 'media', over) : undefined;
  }
}
