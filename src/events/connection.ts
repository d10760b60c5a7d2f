import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Logger } from '../client/logger.js';
import { AriConnectionError } from '../errors/connection-error.js';
import { AriHttpError } from '../errors/http-error.js';
import { startHeartbeat } from './heartbeat.js';
import type { ReconnectPolicy } from './reconnect.js';
import { openSocket, type SocketOptions } from './socket.js';
import type { ConnectionState, StateChange } from './state.js';

export interface ConnectionOptions {
  /** Told anew for every attempt, since the applications may have become fewer. */
  readonly socket: () => SocketOptions;
  /** None: a broken connection is not opened again. */
  readonly reconnect: ReconnectPolicy | undefined;
  readonly pingIntervalMs: number;
  readonly logger: Logger;
  readonly onMessage: (frame: Buffer) => void;
  readonly onState: (change: StateChange) => void;
}

/**
 * The life of the event connection: connecting → open ⇄ reconnecting → closed. One loop runs it from `open()` to its
 * end, so there is one way up, one way down, and no second loop that a late close of an old socket could start.
 */
export class EventConnection {
  /** Settles when it is over, with the error that ended it if it was not closed on purpose. Never rejects. */
  readonly ended: Promise<Error | undefined>;
  readonly #options: ConnectionOptions;
  readonly #closing = new AbortController();
  #state: ConnectionState = 'connecting';
  #socket: WebSocket | undefined;
  #finish!: (error: Error | undefined) => void;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Opens it for the first time; here a failure is final and thrown. */
  async open(): Promise<void> {
    this.#options.onState({ state: 'connecting', previous: 'closed' });
    try {
      const socket = await openSocket(this.#options.socket(), this.#closing.signal);
      void this.#live(socket);
    } catch (error) {
      this.#end(error as Error);
      throw error;
    }
  }

  /** Sends a text; false if the connection is not open. */
  send(text: string): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.#socket.send(text);
    return true;
  }

  /** Closes it on purpose; resolves when it is closed. */
  async close(reason?: unknown): Promise<void> {
    this.#closing.abort(reason);
    this.#socket?.close(1000);
    await this.ended;
  }

  /** From one socket to the next, until closed on purpose or given up. */
  async #live(first: WebSocket): Promise<void> {
    let socket: WebSocket | undefined = first;
    let attempt = 0;
    let error: Error | undefined;
    while (socket !== undefined) {
      const openedAt = performance.now();
      this.#setState({ state: 'open' });
      error = await this.#serve(socket);
      const held = performance.now() - openedAt;
      if (this.#closing.signal.aborted) {
        break;
      }
      attempt = held >= (this.#options.reconnect?.stableMs ?? 0) ? 0 : attempt;
      ({ socket, attempt, error } = await this.#reopen(attempt, error));
    }
    this.#end(this.#closing.signal.aborted ? undefined : error);
  }

  /** Reads one socket until it closes; tells why, if it was not us. */
  #serve(socket: WebSocket): Promise<Error> {
    this.#socket = socket;
    const stopHeartbeat = startHeartbeat(socket, this.#options.pingIntervalMs);
    return new Promise((resolve) => {
      let failure: Error | undefined;
      socket.on('message', (data: Buffer) => this.#options.onMessage(data));
      socket.on('error', (error) => {
        failure = error;
      });
      socket.once('close', (code, reason) => {
        stopHeartbeat();
        this.#socket = undefined;
        socket.removeAllListeners();
        const words = failure?.message ?? (reason.length > 0 ? reason.toString() : 'without a reason');
        const message = `the event connection was closed (${code}): ${words}`;
        resolve(new AriConnectionError(message, 'outcomeUnknown', failure && { cause: failure }));
      });
      if (this.#closing.signal.aborted) {
        socket.close(1000);
      }
      socket.resume();
    });
  }

  /** Tries again and again, with growing delays; ends without a socket if that is hopeless or too often. */
  async #reopen(tried: number, lost: Error): Promise<{ socket: WebSocket | undefined; attempt: number; error: Error }> {
    const policy = this.#options.reconnect ?? { maxAttempts: 0, delay: () => 0 };
    let error = lost;
    let attempt = tried;
    while (attempt < policy.maxAttempts && !isFinal(error)) {
      attempt += 1;
      const delayMs = policy.delay(attempt);
      this.#options.logger.warn(`${error.message}; attempt ${attempt} in ${Math.round(delayMs)} ms`);
      this.#setState({ state: 'reconnecting', attempt, delayMs, error });
      try {
        await sleep(delayMs, undefined, { signal: this.#closing.signal });
        return { socket: await openSocket(this.#options.socket(), this.#closing.signal), attempt, error };
      } catch (failure) {
        if (this.#closing.signal.aborted) {
          break;
        }
        error = failure as Error;
      }
    }
    return { socket: undefined, attempt, error };
  }

  #end(error: Error | undefined): void {
    this.#setState({ state: 'closed', ...(error && { error }) });
    this.#finish(error);
  }

  #setState(change: Omit<StateChange, 'previous'>): void {
    const previous = this.#state;
    this.#state = change.state;
    this.#options.onState({ ...change, previous });
  }
}

/** A refusal of who we are or of what we ask for will not change by asking again. */
function isFinal(error: Error): boolean {
  return error instanceof AriHttpError && error.status < 500;
}
