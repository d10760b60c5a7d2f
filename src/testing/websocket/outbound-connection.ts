import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { EventBody } from '../engine/events.js';
import type { Engine } from '../engine/engine.js';
import type { Exchange } from '../rest/exchange.js';
import type { User } from '../rest/users.js';
import { EventSession } from './event-session.js';
import type { OutboundWebSocket } from './outbound-options.js';
import { RestOverWebSocket } from './rest-over-websocket.js';

const MAX_PAYLOAD = 65_527;

export interface OutboundParts {
  readonly engine: Engine;
  readonly exchange: () => Exchange;
  readonly users: Readonly<Record<string, User>>;
}

/** How a connection ends or cannot be had. */
export interface ConnectionFate {
  /** It is open and its applications are registered, for the first time or again. */
  onOpen(): void;
  /** It cannot be had any more. */
  onLost(): void;
}

/** A connection that Asterisk opens, and opens again when it is lost. */
export class OutboundConnection {
  readonly #parts: OutboundParts;
  readonly #options: OutboundWebSocket;
  readonly #applications: readonly string[];
  /** Attempts in a row that may fail. */
  readonly #attempts: number;
  readonly #fate: ConnectionFate;
  readonly #kept: EventBody[] = [];
  #socket: WebSocket | undefined;
  #session: EventSession | undefined;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(
    parts: OutboundParts,
    options: OutboundWebSocket,
    { applications, attempts }: { applications: readonly string[]; attempts: number },
    fate: ConnectionFate,
  ) {
    this.#parts = parts;
    this.#options = options;
    this.#applications = applications;
    this.#attempts = attempts;
    this.#fate = fate;
  }

  /** Registers the applications; what they are told is kept until somebody is there. */
  begin(): void {
    const { applications } = this.#parts.engine;
    for (const name of this.#applications) applications.register(name, this, this.#options.subscribeAll ?? false);
    this.#connect();
  }

  send(event: EventBody): void {
    if (this.#session) this.#session.send(event);
    else this.#kept.push(event);
  }

  /** Closes it; with a code the polite way. */
  end(code?: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    const { engine } = this.#parts;
    for (const name of this.#applications) engine.applications.disconnect(name, this);
    if (code === undefined) this.#socket?.terminate();
    else {
      this.#session?.flush();
      this.#socket?.close(code);
    }
  }

  /** Cuts the socket, as a network does. */
  drop(code?: number): void {
    if (code === undefined) this.#session?.cut();
    else this.#socket?.close(code);
  }

  isFor(application: string): boolean {
    return this.#applications.includes(application);
  }

  #connect(): void {
    const { uri, username = '', password = '' } = this.#options;
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const socket = new WebSocket(uri, 'ari', {
      headers: username === '' ? {} : { authorization },
      perMessageDeflate: false,
      maxPayload: MAX_PAYLOAD,
    });
    this.#socket = socket;
    let wire: Socket;
    socket.on('upgrade', (response) => {
      wire = response.socket;
    });
    socket.on('open', () => this.#opened(socket, wire));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#closed());
  }

  #opened(socket: WebSocket, wire: Socket): void {
    const { engine, exchange, users } = this.#parts;
    const session = new EventSession(socket, wire, this.#applications);
    this.#session = session;
    this.#failures = 0;
    const name = this.#options.localAriUser ?? Object.keys(users)[0] ?? '';
    const authorization = `Basic ${Buffer.from(`${name}:${users[name]?.password ?? ''}`).toString('base64')}`;
    const requests = new RestOverWebSocket(engine, exchange(), session, {
      authorization: [authorization],
      apiKey: undefined,
    });
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) requests.receive(data);
    });
    engine.run(() => {
      for (const event of this.#kept.splice(0)) session.send(event);
      for (const application of this.#applications) {
        engine.publish({ type: 'ApplicationRegistered' }, [`app:${application}`]);
      }
      this.#fate.onOpen();
    });
  }

  #closed(): void {
    this.#session = undefined;
    if (this.#isOver) return;
    this.#failures += 1;
    if (this.#failures > this.#attempts) {
      this.#parts.engine.run(() => {
        this.end();
        this.#fate.onLost();
      });
      return;
    }
    this.#timer = setTimeout(() => this.#connect(), this.#options.reconnectInterval ?? 500);
  }
}
