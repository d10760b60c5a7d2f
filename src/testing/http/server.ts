import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { PARSER_HEADER_BYTES } from './limits.js';
import { HttpRequests, type RequestOptions } from './requests.js';

export interface HttpOptions extends RequestOptions {
  /** So many connections at a time, of both kinds. */
  readonly sessionLimit: number;
  /** A connection may be idle between two requests for so long. */
  readonly keepAliveMs: number;
}

/** Asterisk's HTTP server, as far as a client can tell. */
export class HttpServer {
  readonly #options: HttpOptions;
  readonly #requests: HttpRequests;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#requests = new HttpRequests(options, (socket) => this.#expectRequest(socket));
  }

  /** Starts to listen, and says at which port. */
  async listen(port: number): Promise<number> {
    const server = createServer({
      maxHeaderSize: PARSER_HEADER_BYTES,
      keepAliveTimeout: 0,
      requestTimeout: 0,
      requireHostHeader: false,
    });
    server.maxHeadersCount = 0;
    server.timeout = 0;
    this.#serve(server);
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return (server.address() as AddressInfo).port;
  }

  /** Stops to listen and cuts every connection. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    this.#options.flushEvents();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #serve(server: Server): void {
    const requests = this.#requests;
    server.on('connection', (socket) => this.#connected(socket));
    // What a request expects beyond an answer is not looked at.
    for (const event of ['request', 'checkContinue', 'checkExpectation'] as const) {
      server.on(event, (request, response) => void requests.take(request, response));
    }
    server.on('connect', (request: IncomingMessage, socket: Duplex) => requests.takeLast(request, socket));
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      requests.upgrade(request, socket, head),
    );
    server.on('clientError', (error, socket) => requests.takeBroken(error, socket));
  }

  #connected(socket: Socket): void {
    if (this.#sockets.size >= this.#options.sessionLimit) {
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    this.#expectRequest(socket);
  }

  /** Ends the connection if no request comes in time. */
  #expectRequest(socket: Socket): void {
    socket.setTimeout(this.#options.keepAliveMs);
    if (socket.listenerCount('timeout') === 0) socket.on('timeout', () => socket.destroy());
  }
}
