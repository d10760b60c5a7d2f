import { AriTimeoutError } from '../errors/timeout-error.js';
import { isUnavailable } from '../rest/booting.js';
import { jitteredDelay } from '../support/backoff.js';
import { pause } from '../support/pause.js';
import type { ReconnectPolicy } from './reconnect.js';
import { Reopener, type Loss } from './reopener.js';
import type { Attempting, SocketSource } from './socket-source.js';
import { openSocket, type EventSocket, type SocketOptions } from './socket.js';

/** Sockets that we open, to Asterisk's HTTP server. */
export class DialedSockets implements SocketSource {
  readonly #options: () => SocketOptions;
  readonly #policy: ReconnectPolicy | undefined;
  #reopener: Reopener | undefined;

  /**
   * @param options told anew for every attempt, since the applications may have become fewer
   * @param policy none: a broken connection is not opened again
   */
  constructor(options: () => SocketOptions, policy: ReconnectPolicy | undefined) {
    this.#options = options;
    this.#policy = policy;
  }

  /** An Asterisk that is still starting is worth waiting for, as long as it may take to open a connection. */
  async first(signal: AbortSignal): Promise<EventSocket> {
    const begun = performance.now();
    let refusal: unknown;
    let leftMs = Infinity;
    for (let attempt = 1; leftMs > 0; attempt += 1) {
      const options = this.#options();
      try {
        return await openSocket(leftMs === Infinity ? options : { ...options, timeoutMs: Math.ceil(leftMs) }, signal);
      } catch (error) {
        if (!isUnavailable(error)) {
          // What Asterisk said tells more than that the time was over.
          throw error instanceof AriTimeoutError ? (refusal ?? error) : error;
        }
        refusal = error;
      }
      const until = options.timeoutMs === 0 ? Infinity : begun + options.timeoutMs;
      await pause(Math.min(until - performance.now(), jitteredDelay(attempt, 200, 2_000)), signal);
      leftMs = until - performance.now();
    }
    throw refusal;
  }

  next(loss: Loss, onAttempt: Attempting, signal: AbortSignal): Promise<EventSocket | Error> {
    this.#reopener ??= new Reopener({
      policy: this.#policy,
      signal,
      open: () => openSocket(this.#options(), signal),
      onAttempt: (attempt, delayMs, error) => onAttempt(error, { attempt, delayMs }),
    });
    return this.#reopener.reopen(loss);
  }
}
