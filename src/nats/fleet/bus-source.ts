import { AriAbortError } from '../../errors/abort-error.js';
import type { Loss } from '../../events/reopener.js';
import type { Attempting, SocketSource } from '../../events/socket-source.js';
import type { EventSocket } from '../../events/socket.js';
import { BusSocket } from './bus-socket.js';

export interface BusSourceParts {
  /** Whether the node is there, and connected to Asterisk. */
  readonly isUp: () => boolean;
  /** Asks the node whether it is there. */
  readonly ping: () => Promise<boolean>;
  /** A socket is about to be opened: nothing has been seen yet. */
  readonly onOpen?: () => void;
}

/** Gives the client of a node what it takes for its event connection: one as long as the node is up without interruption. */
export class BusSource implements SocketSource {
  readonly #parts: BusSourceParts;
  #socket: BusSocket | undefined;
  #onUp: (() => void) | undefined;
  /** The node will not be up any more. */
  #failure: Error | undefined;
  #onFailure: ((error: Error) => void) | undefined;

  constructor(parts: BusSourceParts) {
    this.#parts = parts;
  }

  /** Whether the client has a socket, or is about to take one. */
  get isOpen(): boolean {
    return this.#socket !== undefined;
  }

  /** An event has come. Without a socket nobody misses it. */
  deliver(frame: Buffer): void {
    this.#socket?.deliver(frame);
  }

  /** Events may have been missed, since then if not since now: what comes from now on is for another socket. */
  lose(why: string, since?: number): void {
    this.#socket?.lose(why, since);
  }

  /** The node may be up now. */
  look(): void {
    if (this.#parts.isUp()) {
      this.#onUp?.();
    }
  }

  /** There will be no other socket: it is over, with that error. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#onFailure?.(error);
    this.#socket?.lose(error.message);
  }

  async first(signal: AbortSignal): Promise<EventSocket> {
    const socket = await this.#open(signal);
    if (socket instanceof Error) {
      throw socket;
    }
    if (socket === undefined) {
      throw new AriAbortError('the node was given up', 'notSent', { cause: signal.reason });
    }
    return socket;
  }

  async next(loss: Loss, onAttempt: Attempting, signal: AbortSignal): Promise<EventSocket | Error | undefined> {
    this.#socket = undefined;
    if (signal.aborted) {
      return undefined;
    }
    if (this.#failure !== undefined) {
      return this.#failure;
    }
    onAttempt(loss.error);
    return this.#open(signal);
  }

  /** Resolves when the node is up; with nothing if the signal aborts first, with an error if it will not be up. */
  #open(signal: AbortSignal): Promise<EventSocket | Error | undefined> {
    return new Promise((resolve) => {
      const settle = (socket: EventSocket | Error | undefined): void => {
        signal.removeEventListener('abort', onAbort);
        this.#onUp = undefined;
        this.#onFailure = undefined;
        resolve(socket);
      };
      const onAbort = (): void => settle(undefined);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#onUp = () => {
        this.#parts.onOpen?.();
        this.#socket = new BusSocket(this.#parts.ping);
        settle(this.#socket.asEventSocket);
      };
      this.#onFailure = settle;
      if (signal.aborted) {
        onAbort();
      } else if (this.#failure !== undefined) {
        settle(this.#failure);
      } else {
        this.look();
      }
    });
  }
}
