import { AriConnectionError, type AriClient } from 'asterisk-ari';
import { expect } from 'vitest';

/** What has become of requests. */
export interface Outcomes {
  answered: number;
  notSent: number;
  /** What was said of those of which nobody knows. */
  readonly unknown: string[];
}

/** A steady load: a request each millisecond or two about one channel. */
export class Load {
  readonly #outcomes: Outcomes = { answered: 0, notSent: 0, unknown: [] };
  readonly #all: Promise<void>[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor({ channels }: AriClient, channelId: string) {
    this.#timer = setInterval(() => {
      const value = String(this.#all.length);
      const asked = channels.setChannelVar({ channelId, variable: 'X', value }, { retry: false });
      this.#all.push(this.#note(asked));
    }, 1);
  }

  /** Resolves when so many more have been asked. */
  async more(count: number): Promise<void> {
    const until = this.#all.length + count;
    await expect.poll(() => this.#all.length, { interval: 5 }).toBeGreaterThan(until);
  }

  /** Ends it; resolves when each request has come to its end. */
  async stop(): Promise<Outcomes> {
    clearInterval(this.#timer);
    await Promise.all(this.#all);
    return this.#outcomes;
  }

  async #note(asked: Promise<unknown>): Promise<void> {
    try {
      await asked;
      this.#outcomes.answered += 1;
    } catch (error) {
      if (error instanceof AriConnectionError && error.delivery === 'notSent') this.#outcomes.notSent += 1;
      else this.#outcomes.unknown.push(String(error));
    }
  }
}
