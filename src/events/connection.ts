import { WebSocket } from 'ws';
import { errorText } from '../support/error-text.js';
import type { Logger } from '../support/logger.js';
import { AriConnectionError } from '../errors/connection-error.js';
import { answersPing } from './answers.js';
import { isFinalClose } from './close-codes.js';
import { Heartbeat } from './heartbeat.js';
import { joinWrites } from './joined-writes.js';
import type { Loss } from './reopener.js';
import type { Attempting, LastState, SocketSource } from './socket-source.js';
import type { EventSocket } from './socket.js';
import type { ConnectionState, StateChange } from '../contract/connection-state.js';

export interface ConnectionOptions {
  readonly source: SocketSource;
  readonly pingIntervalMs: number;
  /** Whether a request over it waits for its answer. */
  readonly isWaiting: () => boolean;
  readonly logger: Logger;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
  readonly onMessage: (frame: Buffer, isBinary: boolean) => void;
  readonly onState: (change: StateChange) => void;
}

/**
 * The life of the event connection: connecting → open ⇄ reconnecting → closed or replaced. One loop runs it from
 * `open()` to its end, so there is one way up, one way down, and no second loop that a late close of an old socket could
 * start.
 */
export class EventConnection {
  /** Settles when it is over, with the error that ended it if it was not closed on purpose. Never rejects. */
  readonly ended: Promise<Error | undefined>;
  readonly #options: ConnectionOptions;
  readonly #closing = new AbortController();
  #state: ConnectionState = 'closed';
  #lastState: LastState = 'closed';
  #socket: EventSocket | undefined;
  #lostAt: number | undefined;
  #heartbeat: Heartbeat | undefined;
  #renewal: Error | undefined;
  #saidProtocol = false;
  #finish!: (error: Error | undefined) => void;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /** Since when the latest socket was of no use, by the clock; undefined before one is lost. */
  get lostAt(): number | undefined {
    return this.#lostAt;
  }

  /** Opens it for the first time; here a failure is final and thrown. */
  async open(): Promise<void> {
    this.#setState({ state: 'connecting' });
    const end = (error: Error | undefined): void => this.#end(error);
    try {
      const first = await this.#options.source.first(this.#closing.signal);
      this.#live(first).then(end, end);
    } catch (error) {
      end(error as Error);
      throw error;
    }
  }

  /** Sends a text; false if the connection is not open. */
  send(text: string): boolean {
    const { socket, wire } = this.#socket ?? {};
    if (socket?.readyState !== WebSocket.OPEN || wire === undefined) {
      return false;
    }
    joinWrites(wire);
    socket.send(text);
    return true;
  }

  /** Resolves when everything has been read that the server has written until now; or the connection is lost. */
  async readAll(): Promise<void> {
    const socket = this.#socket?.socket;
    if (socket !== undefined) {
      await answersPing(socket);
    }
  }

  /** Finds out soon whether the present socket still is one: Asterisk may have given it up while this process stood still. */
  doubt(): void {
    this.#heartbeat?.hurry();
  }

  /** Gives the present socket up for a new one, as if it had broken. */
  renew(why: Error): void {
    this.#renewal = why;
    this.#socket?.socket.close(1000);
  }

  /** Closes it on purpose; resolves when it is closed. */
  async close(reason?: unknown, state: LastState = 'closed'): Promise<void> {
    if (!this.#closing.signal.aborted) {
      this.#lastState = state;
      this.#closing.abort(reason);
      this.#socket?.socket.close(1000);
    }
    await this.ended;
  }

  /** From one socket to the next, until closed on purpose or given up; resolves with why. */
  async #live(first: EventSocket): Promise<Error | undefined> {
    const { source, logger } = this.#options;
    const { signal } = this.#closing;
    const onAttempt: Attempting = (error, attempt) => {
      const plan = attempt && `attempt ${attempt.attempt} in ${Math.round(attempt.delayMs)} ms`;
      logger.warn(`${errorText(error)}; ${plan ?? 'the other side is expected back'}`);
      this.#setState({ state: 'reconnecting', ...attempt, error });
    };
    let next: EventSocket | Error | undefined = first;
    while (next !== undefined && !(next instanceof Error)) {
      next = await source.next(await this.#serve(next), onAttempt, signal);
    }
    return signal.aborted ? undefined : next;
  }

  /** Reads one socket until it closes; tells why, if it was not us. */
  #serve(opened: EventSocket): Promise<Loss> {
    const { socket, wire, namesProtocol } = opened;
    this.#socket = opened;
    if (!namesProtocol) {
      this.#sayProtocol();
    }
    const openedAt = performance.now();
    const heartbeat = new Heartbeat(socket, wire, this.#options.pingIntervalMs, this.#options.isWaiting);
    this.#heartbeat = heartbeat;
    return new Promise((resolve) => {
      let failure: Error | undefined;
      socket.on('message', (data: Buffer, isBinary) => this.#receive(data, isBinary));
      socket.on('error', (error) => {
        failure = error;
      });
      const onClose = (code: number, reason?: Buffer): void => {
        heartbeat.stop();
        this.#heartbeat = undefined;
        this.#socket = undefined;
        this.#lostAt = opened.lostAt?.() ?? Date.now();
        socket.removeAllListeners();
        const error =
          this.#renewal ?? closedBy(code, this.#options.redact(failure?.message ?? String(reason ?? '')), failure);
        this.#renewal = undefined;
        resolve({ error, code, isFinal: isFinalClose(code), heldMs: performance.now() - openedAt });
      };
      socket.once('close', onClose);
      if (this.#closing.signal.aborted) {
        socket.close(1000);
      } else {
        this.#setState({ state: 'open' });
      }
      for (const [frame, isBinary] of opened.early?.() ?? []) {
        this.#receive(frame, isBinary);
      }
      const closedWith = opened.closedWith?.();
      if (closedWith !== undefined) {
        onClose(closedWith);
      }
      socket.resume();
    });
  }

  #sayProtocol(): void {
    if (!this.#saidProtocol) {
      this.#saidProtocol = true;
      this.#options.logger.info(
        'the event connection has no subprotocol: a proxy does not pass it on; that does no harm',
      );
    }
  }

  /** Nothing that a message does may end the process: ws would let it through as an uncaught exception. */
  #receive(data: Buffer, isBinary: boolean): void {
    try {
      this.#options.onMessage(data, isBinary);
    } catch (error) {
      this.#options.logger.error(`a message could not be read: ${errorText(error)}`);
    }
  }

  #end(error: Error | undefined): void {
    this.#setState({ state: this.#lastState, ...(error && { error }) });
    this.#finish(error);
  }

  #setState(change: Omit<StateChange, 'previous'>): void {
    const previous = this.#state;
    this.#state = change.state;
    this.#options.onState({ ...change, previous });
  }
}

function closedBy(code: number, words: string, cause: Error | undefined): AriConnectionError {
  const message = `the event connection was closed (${code}): ${words || 'without a reason'}`;
  return new AriConnectionError(message, 'outcomeUnknown', cause && { cause });
}
