import { Deferred } from '../../support/deferred.js';
import type { SuperviseMode } from './options.js';

/** A mode that was asked for, and what came of it. */
export interface Order {
  readonly mode: SuperviseMode;
  readonly outcome: Deferred<boolean | { readonly error: unknown }>;
}

/** The modes that are asked for while it goes on. Of several, only the last one counts. */
export class Orders {
  #next: Order | undefined;
  #isOver = false;
  /** Called when there is one. */
  onOrder: (() => void) | undefined;

  /** Resolves when it is so; with false if it shall be otherwise by then, or cannot be. */
  async give(mode: SuperviseMode): Promise<boolean> {
    const order = { mode, outcome: new Deferred<boolean | { readonly error: unknown }>() };
    this.#next?.outcome.resolve(false);
    this.#next = order;
    if (this.#isOver) {
      order.outcome.resolve(false);
    }
    this.onOrder?.();
    const outcome = await order.outcome.promise;
    if (typeof outcome === 'object') {
      throw outcome.error;
    }
    return outcome;
  }

  /** Takes the one that counts. */
  take(): Order | undefined {
    const order = this.#next;
    this.#next = undefined;
    return order;
  }

  /** It is over: whatever is asked for does not come about. */
  close(): void {
    this.#isOver = true;
    this.take()?.outcome.resolve(false);
  }
}
