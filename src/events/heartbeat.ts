import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

/** How long an answer may take while the connection is in doubt, in milliseconds. */
const hurriedMs = 2_500;

/** How many answers put the doubt aside: the first may be a backlog of events. */
const hurriedRounds = 3;

/** How long a connection may be silent while a request waits for its answer: Asterisk reads no pings before that. */
const patientMs = 60_000;
const hurriedPatientMs = 10_000;

const never = (): boolean => false;

/**
 * Asterisk never pings and has no idle timeout, so a half-open socket would stay silent for ever: ping it, and cut it
 * when not one byte came back between two pings.
 */
export class Heartbeat {
  readonly #socket: WebSocket;
  readonly #wire: Socket;
  readonly #intervalMs: number;
  readonly #isWaiting: () => boolean;
  #received = -1;
  /** When the latest bytes had come. */
  #heardAt = performance.now();
  #hurried = 0;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param intervalMs time between two pings; 0 for none
   * @param isWaiting whether a request waits for its answer; none does on a socket that carries no requests
   */
  constructor(socket: WebSocket, wire: Socket, intervalMs: number, isWaiting: () => boolean = never) {
    this.#socket = socket;
    this.#wire = wire;
    this.#intervalMs = intervalMs;
    this.#isWaiting = isWaiting;
    if (intervalMs > 0) {
      this.#wait();
    }
  }

  /**
   * Pings at once and more often for a while. Asterisk discards the connection of a reader that has stood still, and
   * often leaves the socket open: nothing but a missing answer tells.
   */
  hurry(): void {
    if (this.#timer !== undefined) {
      const isHurried = this.#hurried > 0;
      this.#hurried = hurriedRounds;
      if (!isHurried) {
        this.#ask();
      }
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #ask(): void {
    this.#received = this.#wire.bytesRead;
    this.#socket.ping();
    this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const ms = this.#hurried > 0 ? Math.min(this.#intervalMs, hurriedMs) : this.#intervalMs;
    // A process that stood still has the answer waiting to be read: read first, then judge.
    const timer = setTimeout(() => setImmediate(() => this.#timer === timer && this.#judge()), ms);
    this.#timer = timer;
  }

  get #isExcused(): boolean {
    const patience = this.#hurried > 0 ? hurriedPatientMs : Math.max(patientMs, 2 * this.#intervalMs);
    return this.#isWaiting() && performance.now() - this.#heardAt < patience;
  }

  #judge(): void {
    if (this.#wire.bytesRead === this.#received) {
      if (this.#isExcused) {
        this.#wait();
      } else {
        this.#socket.terminate();
      }
      return;
    }
    this.#heardAt = performance.now();
    this.#hurried = Math.max(0, this.#hurried - 1);
    this.#ask();
  }
}
