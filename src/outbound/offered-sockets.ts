import { AriAbortError } from '../errors/abort-error.js';
import { AriConnectionError } from '../errors/connection-error.js';
import type { Loss } from '../events/reopener.js';
import type { Attempting, SocketSource } from '../events/socket-source.js';
import type { EventSocket } from '../events/socket.js';

/** Asterisk closes with it when it has nothing more to say. */
const normalClosure = 1000;

export interface OfferOptions {
  /** How long a lost socket's successor is waited for. */
  readonly timeoutMs: number;
  /** A socket that Asterisk closes properly has no successor: the call that it was for is over. */
  readonly endsProperly: boolean;
}

/** Sockets that Asterisk opens: the first, and those after it was interrupted. */
export class OfferedSockets implements SocketSource {
  readonly #options: OfferOptions;
  #offered: EventSocket | undefined;
  #present: EventSocket | undefined;
  #onOffer: ((socket: EventSocket) => void) | undefined;
  #isOver = false;

  constructor(options: OfferOptions) {
    this.#options = options;
  }

  /** Nobody takes a socket any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Takes a socket; the present one, if there still is one, is given up for it. */
  offer(socket: EventSocket): void {
    this.#offered?.socket.terminate();
    this.#offered = socket;
    this.#onOffer?.(socket);
    this.#present?.socket.terminate();
  }

  /** Whether the present socket, if there is one, answers a ping in time. */
  answers(withinMs: number): Promise<boolean> {
    const socket = this.#present?.socket;
    if (socket === undefined || socket.readyState !== socket.OPEN) {
      return Promise.resolve(false);
    }
    return new Promise((resolve) => {
      const settle = (isThere: boolean): void => {
        clearTimeout(timer);
        socket.off('pong', onPong);
        socket.off('close', onClose);
        resolve(isThere);
      };
      const onPong = (): void => settle(true);
      const onClose = (): void => settle(false);
      const timer = setTimeout(onClose, withinMs);
      socket.on('pong', onPong);
      socket.on('close', onClose);
      socket.ping();
    });
  }

  async first(signal: AbortSignal): Promise<EventSocket> {
    const socket = await this.#wait(signal);
    if (socket === undefined) {
      throw new AriAbortError('the connection was given up', 'notSent', { cause: signal.reason });
    }
    return socket;
  }

  async next(loss: Loss, onAttempt: Attempting, signal: AbortSignal): Promise<EventSocket | Error | undefined> {
    this.#present = undefined;
    if (loss.code === normalClosure && this.#options.endsProperly && this.#offered === undefined) {
      this.#isOver = true;
      return undefined;
    }
    if (!signal.aborted) {
      onAttempt(loss.error);
    }
    const { timeoutMs } = this.#options;
    return (await this.#wait(signal)) ?? notAgain(loss.error, timeoutMs);
  }

  async #wait(signal: AbortSignal): Promise<EventSocket | undefined> {
    const socket = await this.#offer(signal);
    this.#offered = undefined;
    this.#present = socket;
    this.#isOver = socket === undefined;
    return socket;
  }

  #offer(signal: AbortSignal): Promise<EventSocket | undefined> {
    return new Promise((resolve) => {
      const settle = (socket: EventSocket | undefined): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.#onOffer = undefined;
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
