import { closedBehind } from '../errors/client-closed.js';
import { pause } from '../support/pause.js';
import { mayPass } from './outage.js';

/** The pauses before it is looked again, in milliseconds; after them always the last one. */
const pauses = [100, 500, 2_000] as const;

/** Looks how something stands: again and again where Asterisk cannot say, since what nobody tells is waited for in vain. */
export class Looking {
  readonly #look: (signal: AbortSignal) => Promise<void>;
  readonly #onFailure: (error: unknown) => void;
  readonly #onSeen: (() => void) | undefined;
  #current: AbortController | undefined;

  /** @param onFailure is told what no other attempt would help against */
  constructor(look: (signal: AbortSignal) => Promise<void>, onFailure: (error: unknown) => void, onSeen?: () => void) {
    this.#look = look;
    this.#onFailure = onFailure;
    this.#onSeen = onSeen;
  }

  /** Whether it has begun to look and not seen yet. */
  get isUnderWay(): boolean {
    return this.#current !== undefined;
  }

  /** Looks; anew if it does so already: what it would see may be out of date. */
  begin(): void {
    this.stop();
    const current = new AbortController();
    this.#current = current;
    void this.#lookUntilSeen(current.signal).then(() => {
      if (this.#current === current) {
        this.#current = undefined;
        this.#onSeen?.();
      }
    });
  }

  stop(): void {
    this.#current?.abort();
    this.#current = undefined;
  }

  async #lookUntilSeen(signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        await this.#look(signal);
        return;
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        if (!mayPass(error) || closedBehind(error) !== undefined) {
          this.#onFailure(error);
          return;
        }
        await pause(pauses[attempt] ?? pauses[pauses.length - 1]!, signal);
      }
    }
  }
}
