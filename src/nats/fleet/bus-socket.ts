import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { EventSocket } from '../../events/socket.js';

/** Codes of the WebSocket protocol: closed on purpose, and lost. */
const normalClosure = 1000;
const abnormalClosure = 1006;

/** As ws numbers them. */
const states = { open: 1, closed: 3 } as const;

/**
 * What a client takes for its event connection: the events of one node as they come from the bus. It speaks as much of
 * a WebSocket as an event connection asks for. Requests do not go this way.
 */
export class BusSocket extends EventEmitter {
  readonly OPEN = states.open;
  readyState: number = states.open;
  /** Counts signs of life: what a heartbeat looks at. */
  bytesRead = 0;
  readonly writableCorked = 1;
  readonly #ping: () => Promise<boolean>;
  #lostAt: number | undefined;
  #early: Buffer[] | undefined = [];

  /** @param ping asks whether the node is there, and resolves when all has come that it had sent before */
  constructor(ping: () => Promise<boolean>) {
    super();
    this.#ping = ping;
  }

  /** As an event connection has it. */
  get asEventSocket(): EventSocket {
    const socket = this as unknown as WebSocket;
    return { socket, wire: this as unknown as Socket, namesProtocol: true, lostAt: () => this.#lostAt };
  }

  /** An event has come. What comes before anybody reads is kept for then. */
  deliver(frame: Buffer): void {
    this.bytesRead += frame.length;
    if (this.#early !== undefined) {
      this.#early.push(frame);
    } else {
      this.emit('message', frame, false);
    }
  }

  /** From now on somebody reads. */
  resume(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const frame of early) {
      this.emit('message', frame, false);
    }
  }

  ping(mark?: Buffer): void {
    void this.#ping().then((isThere) => {
      if (isThere) {
        this.bytesRead += 1;
        this.emit('pong', mark ?? Buffer.alloc(0));
      } else {
        this.lose('the relay does not answer');
      }
    });
  }

  close(code: number = normalClosure): void {
    this.#end(code, '');
  }

  terminate(): void {
    this.lose('the relay is silent');
  }

  /** It is of no use any more. @param since when, by the clock; just now if left out */
  lose(why: string, since?: number): void {
    this.#lostAt ??= since;
    this.#end(abnormalClosure, why);
  }

  #end(code: number, why: string): void {
    if (this.readyState === states.open) {
      this.readyState = states.closed;
      // Whoever closes it does not expect to be told within the call.
      queueMicrotask(() => this.emit('close', code, Buffer.from(why)));
    }
  }
}
