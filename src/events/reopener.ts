import { pause } from '../support/pause.js';
import { isFinalRefusal } from './close-codes.js';
import type { ReconnectPolicy } from './reconnect.js';
import type { EventSocket } from './socket.js';

/** Why a socket is not used any more. */
export interface Loss {
  readonly error: Error;
  /** That the socket was closed with. */
  readonly code: number;
  /** It would break again for the same reason. */
  readonly isFinal: boolean;
  /** How long it held. */
  readonly heldMs: number;
}

/** How sockets are opened again. */
export interface ReopenerOptions {
  /** None: never. */
  readonly policy: ReconnectPolicy | undefined;
  readonly open: () => Promise<EventSocket>;
  /** Told before each attempt. */
  readonly onAttempt: (attempt: number, delayMs: number, error: Error) => void;
  /** Ends everything. */
  readonly signal: AbortSignal;
}

/** Opens a broken connection again, attempt after attempt, and counts them until a connection has held. */
export class Reopener {
  readonly #options: ReopenerOptions;
  #attempt = 0;

  constructor(options: ReopenerOptions) {
    this.#options = options;
  }

  /** The next socket; or, if that is hopeless, tried too often or not wanted any more, the error that it ends with. */
  async reopen(loss: Loss): Promise<EventSocket | Error> {
    const { policy } = this.#options;
    if (policy === undefined) {
      return loss.error;
    }
    if (loss.heldMs >= policy.stableMs) {
      this.#attempt = 0;
    }
    return this.#insist(policy, loss);
  }

  async #insist(policy: ReconnectPolicy, loss: Loss): Promise<EventSocket | Error> {
    const { open, onAttempt, signal } = this.#options;
    const refusals = new Refusals();
    let { error, isFinal } = loss;
    while (this.#attempt < policy.maxAttempts && !isFinal && !signal.aborted) {
      this.#attempt += 1;
      const delayMs = policy.delay(this.#attempt, error);
      onAttempt(this.#attempt, delayMs, error);
      await pause(delayMs, signal);
      try {
        return await open();
      } catch (failure) {
        error = failure as Error;
        isFinal = refusals.isFinal(error);
      }
    }
    return error;
  }
}

/** For how long a server has been giving the same refusal. */
class Refusals {
  #message = '';
  #since = 0;

  isFinal(error: Error): boolean {
    if (error.message !== this.#message) {
      this.#message = error.message;
      this.#since = performance.now();
    }
    return isFinalRefusal(error, performance.now() - this.#since);
  }
}
