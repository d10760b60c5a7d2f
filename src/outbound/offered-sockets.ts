import { WebSocket } from 'ws';
import { AriAbortError } from '../errors/abort-error.js';
import { AriConnectionError } from '../errors/connection-error.js';
import { answersPing } from '../events/answers.js';
import type { Loss } from '../events/reopener.js';
import type { Attempting, SocketSource } from '../events/socket-source.js';
import type { EventSocket } from '../events/socket.js';

export interface OfferOptions {
  /** How long a lost socket's successor is waited for. */
  readonly timeoutMs: number;
  /** Whether a socket that was closed with a code has no successor: the call that it was for is over. */
  readonly isLast: (code: number) => boolean;
}

/** Sockets that Asterisk opens: the first, and those after it was interrupted. */
export class OfferedSockets implements SocketSource {
  readonly #options: OfferOptions;
  #offered: EventSocket | undefined;
  #present: EventSocket | undefined;
  #onOffer: ((socket: EventSocket | undefined) => void) | undefined;
  #isOver = false;
  /** Whoever reads the sockets gives up by it. */
  #signal: AbortSignal | undefined;
  #end: { readonly error: Error | undefined } | undefined;

  constructor(options: OfferOptions) {
    this.#options = options;
  }

  /** Nobody takes a socket any more. */
  get isOver(): boolean {
    return this.#isOver || this.#signal?.aborted === true;
  }

  /** Whether the latest socket is open, as far as is known. */
  get isConnected(): boolean {
    const { socket } = this.#offered ?? this.#present ?? {};
    return socket?.readyState === WebSocket.OPEN;
  }

  /** Takes a socket; the present one, if there still is one, is given up for it. */
  offer(socket: EventSocket): void {
    const given = [this.#offered, this.#present];
    this.#offered = socket;
    this.#onOffer?.(socket);
    given.forEach((each) => each?.socket.terminate());
  }

  /** Waits for no other socket, and gives the present one up. @param error what ended it, unless that is as it should be */
  end(error: Error | undefined): void {
    if (!this.#isOver) {
      this.#isOver = true;
      this.#end = { error };
      [this.#offered, this.#present].forEach((each) => each?.socket.terminate());
      this.#onOffer?.(undefined);
    }
  }

  /** Whether the latest socket, if there is one, answers a ping in time. */
  answers(withinMs: number): Promise<boolean> {
    const { socket } = this.#offered ?? this.#present ?? {};
    return socket === undefined ? Promise.resolve(false) : answersPing(socket, withinMs);
  }

  async first(signal: AbortSignal): Promise<EventSocket> {
    this.#signal = signal;
    const socket = await this.#wait(signal);
    if (socket === undefined) {
      throw new AriAbortError('the connection was given up', 'notSent', { cause: signal.reason });
    }
    return socket;
  }

  async next(loss: Loss, onAttempt: Attempting, signal: AbortSignal): Promise<EventSocket | Error | undefined> {
    this.#present = undefined;
    if (this.#options.isLast(loss.code) && this.#offered === undefined) {
      this.end(undefined);
    }
    const socket = this.#isOver ? undefined : await this.#another(loss, onAttempt, signal);
    return socket ?? (this.#end === undefined ? notAgain(loss.error, this.#options.timeoutMs) : this.#end.error);
  }

  #another(loss: Loss, onAttempt: Attempting, signal: AbortSignal): Promise<EventSocket | undefined> {
    if (!signal.aborted) {
      onAttempt(loss.error);
    }
    return this.#wait(signal);
  }

  /** Resolves with the next socket, which is the present one from then on; with nothing when it is over. */
  #wait(signal: AbortSignal): Promise<EventSocket | undefined> {
    return new Promise((resolve) => {
      const settle = (socket: EventSocket | undefined): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.#onOffer = undefined;
        this.#offered = undefined;
        this.#present = socket;
        this.#isOver = socket === undefined;
        resolve(socket);
      };
      const onAbort = (): void => {
        this.#offered?.socket.terminate();
        settle(undefined);
      };
      const timer = setTimeout(settle, this.#options.timeoutMs, undefined);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#onOffer = settle;
      if (signal.aborted) {
        onAbort();
      } else if (this.#offered !== undefined) {
        settle(this.#offered);
      }
    });
  }
}

function notAgain(cause: Error, timeoutMs: number): AriConnectionError {
  const message = `${cause.message}; Asterisk did not connect again within ${timeoutMs} ms`;
  return new AriConnectionError(message, 'outcomeUnknown', { cause });
}
