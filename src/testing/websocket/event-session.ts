import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { ApplicationLink } from '../engine/applications/application.js';
import type { EventBody } from '../engine/events.js';

/** One event socket and the applications that are connected by it. */
export class EventSession implements ApplicationLink {
  readonly socket: WebSocket;
  readonly applications: Set<string>;
  /** By whose filter its answers to REST requests go. */
  readonly firstApplication: string;
  /** What is beneath the socket. */
  readonly #connection: Duplex;
  #held = false;

  constructor(socket: WebSocket, connection: Duplex, applications: readonly string[]) {
    this.socket = socket;
    this.#connection = connection;
    this.applications = new Set(applications);
    this.firstApplication = applications[0] ?? '';
  }

  send(event: EventBody): void {
    if (event.type === 'ApplicationReplaced') this.applications.delete(String(event['application']));
    this.write(event);
  }

  write(message: object): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.#hold();
    this.socket.send(JSON.stringify(message));
  }

  /** Has all that was written leave, which it does by itself when the work at hand is over. */
  readonly flush = (): void => {
    if (!this.#held) return;
    this.#held = false;
    this.#connection.uncork();
  };

  /** Cuts the socket; what was written before still leaves. */
  cut(): void {
    this.flush();
    this.socket.terminate();
  }

  /** One thing that happens makes many messages: they leave together, which is much faster than one by one. */
  #hold(): void {
    if (this.#held) return;
    this.#held = true;
    this.#connection.cork();
    process.nextTick(this.flush);
  }
}
