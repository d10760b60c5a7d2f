import { startAsterisk } from 'asterisk-ari/testing';
import type { RawTarget } from '../raw.js';
import { cleanUp } from './clean.js';
import { Pair } from './pair.js';
import type { Patience } from './side.js';
import type { Step } from './step.js';

/** The real Asterisk that walks are made on, and how it is started anew. */
export interface Real {
  readonly target: RawTarget;
  restart(): Promise<unknown>;
}

/** A place for one walk: a new double, and the real Asterisk with nothing left on it. */
export class Ground implements AsyncDisposable {
  static #walks = 0;
  readonly #pair: Pair;
  readonly #close: () => Promise<void>;

  private constructor(pair: Pair, close: () => Promise<void>) {
    this.#pair = pair;
    this.#close = close;
  }

  static async enter(real: Real, patience: Patience): Promise<Ground> {
    const clean = await cleanUp(real.target).catch(() => false);
    if (!clean) await real.restart();
    const double = await startAsterisk({ clock: 'real' });
    Ground.#walks += 1;
    try {
      const pair = await Pair.open(double, real.target, `w${process.pid}n${Ground.#walks}z`, patience);
      return new Ground(pair, () => double.close());
    } catch (error) {
      await double.close();
      throw error;
    }
  }

  /** Whether the last step may have left anything otherwise than it was. */
  get changed(): boolean {
    return this.#pair.changed;
  }

  /** Takes a step on both; gives what differs after it, and is not in the list of differences. */
  take(step: Step): Promise<string[]> {
    return this.#pair.take(step);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#pair.close();
    await this.#close();
  }
}
