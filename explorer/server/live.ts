import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { About, LiveMessage } from '../shared/protocol.js';
import { Feed } from './feed.js';
import type { History } from './history.js';

/** Pages at a time. */
const MOST_PAGES = 16;
/** Entries that come within it go together. */
const GATHER_MS = 15;
const PING_MS = 20_000;

/** The pages that are open, each with its feed. */
export class Live {
  readonly #history: History;
  readonly #about: () => About;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 4096, perMessageDeflate: false });
  readonly #feeds = new Map<WebSocket, Feed>();
  readonly #answering = new WeakSet<WebSocket>();
  readonly #pings: NodeJS.Timeout;
  #gathering: NodeJS.Timeout | undefined;

  constructor(history: History, about: () => About) {
    this.#history = history;
    this.#about = about;
    this.#pings = setInterval(() => this.#ping(), PING_MS).unref();
  }

  /** The history has grown. */
  wake(): void {
    if (this.#feeds.size === 0) return;
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      for (const feed of this.#feeds.values()) feed.pump();
    }, GATHER_MS);
  }

  /** What a page shows of the program has changed. */
  tell(): void {
    for (const socket of this.#feeds.keys()) this.#greet(socket);
  }

  /** Makes a page's request, which was looked at, its WebSocket. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (page) => this.#open(page, request));
  }

  close(): void {
    clearInterval(this.#pings);
    clearTimeout(this.#gathering);
    for (const socket of this.#feeds.keys()) socket.terminate();
    this.#server.close();
  }

  #open(socket: WebSocket, request: IncomingMessage): void {
    socket.on('error', () => socket.terminate());
    if (this.#feeds.size >= MOST_PAGES) {
      socket.close(1013, 'too many pages');
      return;
    }
    const feed = new Feed(socket, this.#history, this.#positionOf(request));
    this.#feeds.set(socket, feed);
    this.#answering.add(socket);
    socket.on('close', () => this.#feeds.delete(socket));
    socket.on('pong', () => this.#answering.add(socket));
    socket.on('message', (data: Buffer) => {
      const position = positionIn(data.toString());
      if (position === undefined) socket.close(1008, 'not understood');
      else feed.acknowledge({ position });
    });
    this.#greet(socket);
    feed.pump();
  }

  /** A page that comes back goes on where it was, unless that was in another run of the program. */
  #positionOf(request: IncomingMessage): number | undefined {
    const { searchParams } = new URL(request.url ?? '', 'http://page');
    if (searchParams.get('run') !== this.#about().run) return undefined;
    const after = Number(searchParams.get('after'));
    return Number.isSafeInteger(after) && after >= 0 && after <= this.#history.position ? after : undefined;
  }

  #greet(socket: WebSocket): void {
    const message: LiveMessage = { type: 'about', about: this.#about() };
    socket.send(JSON.stringify(message));
  }

  #ping(): void {
    for (const socket of this.#feeds.keys()) {
      if (this.#answering.delete(socket)) socket.ping();
      else socket.terminate();
    }
  }
}

function positionIn(text: string): number | undefined {
  try {
    const { position } = JSON.parse(text) as { position?: unknown };
    return typeof position === 'number' && Number.isSafeInteger(position) ? position : undefined;
  } catch {
    return undefined;
  }
}
