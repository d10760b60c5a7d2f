import type { Subscription } from '../contract/subscription.js';
import { Looking } from './looking.js';

/** What flows need of a client to hear that the event connection was interrupted. */
export interface GapTeller {
  on(type: 'gap', listener: (notice: unknown) => unknown): Subscription;
}

/** Looks what has happened meanwhile whenever the event connection was interrupted. */
export class GapWatch {
  readonly #looking: Looking;
  readonly #subscription: Subscription;

  /** @param onFailure is told what no other attempt would help against */
  constructor(client: GapTeller, look: () => Promise<void>, onFailure: (error: unknown) => void) {
    this.#looking = new Looking(look, onFailure);
    this.#subscription = client.on('gap', () => this.#looking.begin());
  }

  close(): void {
    this.#subscription.close();
    this.#looking.stop();
  }
}
