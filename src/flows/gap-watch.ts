import type { Subscription } from '../contract/subscription.js';
import { closedBehind } from '../errors/client-closed.js';
import { pause } from '../support/pause.js';
import { mayPass } from './persist.js';

/** The pauses before it is looked again, in milliseconds; after them always the last one. */
const pauses = [100, 500, 2_000] as const;

/** What flows need of a client to hear that the event connection was interrupted. */
export interface GapTeller {
  on(type: 'gap', listener: (notice: unknown) => unknown): Subscription;
}

/**
 * Looks what has happened meanwhile whenever the event connection was interrupted: again and again where Asterisk cannot
 * say, since what nobody has heard of is waited for in vain; anew where it was interrupted once more.
 */
export class GapWatch {
  readonly #look: () => Promise<void>;
  readonly #onFailure: (error: unknown) => void;
  readonly #subscription: Subscription;
  #looking = new AbortController();

  /** @param onFailure is told what no other attempt would help against */
  constructor(client: GapTeller, look: () => Promise<void>, onFailure: (error: unknown) => void) {
    this.#look = look;
    this.#onFailure = onFailure;
    this.#subscription = client.on('gap', () => {
      this.#looking.abort();
      this.#looking = new AbortController();
      void this.#lookUntilSeen(this.#looking.signal);
    });
  }

  close(): void {
    this.#subscription.close();
    this.#looking.abort();
  }

  async #lookUntilSeen(signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        await this.#look();
        return;
      } catch (error) {
        if (!mayPass(error) || closedBehind(error) !== undefined) {
          this.#onFailure(error);
          return;
        }
        await pause(pauses[attempt] ?? pauses[pauses.length - 1]!, signal);
      }
    }
  }
}
