import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Exchange } from '../rest/exchange.js';
import type { RestRequest } from '../rest/rest-request.js';
import { parsePairs } from '../routing/uri.js';
import { encodeReply, encodeResponse } from './encode.js';
import { AriFailure } from './failure.js';
import { htmlReply } from './html.js';
import { checkHead, PARSER_HEADER_BYTES } from './limits.js';
import { parseBody, type ParsedBody, readBody } from './read-body.js';
import { failureReply, type Reply } from './reply.js';

export interface HttpOptions {
  readonly exchange: Exchange;
  /** Path before `/ari`, as `/asterisk`; empty for none. */
  readonly prefix: string;
  /** What it calls itself: `Asterisk/22.10.1`. */
  readonly name: string;
  /** So many connections at a time, of both kinds. */
  readonly sessionLimit: number;
  /** A connection may be idle between two requests for so long. */
  readonly keepAliveMs: number;
  /** Has events leave that were sent before, so that an answer does not overtake them. */
  flushEvents(): void;
  /** Takes over a connection that becomes an event socket. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, pairs: RestRequest['pairs']): void;
  /** Takes over a connection that becomes one for the media of a channel. */
  acceptMedia(request: IncomingMessage, socket: Duplex, head: Buffer, connectionId: string): void;
}

const NO_BODY: ParsedBody = { json: undefined, form: [] };

/** Asterisk's HTTP server, as far as a client can tell. */
export class HttpServer {
  readonly #options: HttpOptions;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /** Starts to listen, and says at which port. */
  async listen(port: number): Promise<number> {
    const server = createServer({ maxHeaderSize: PARSER_HEADER_BYTES, keepAliveTimeout: 0, requestTimeout: 0 });
    server.maxHeadersCount = 0;
    server.timeout = 0;
    server.on('connection', (socket) => this.#connected(socket));
    server.on('request', (request, response) => void this.#request(request, response));
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.#upgrade(request, socket, head),
    );
    server.on('clientError', (error: Error & { code?: string }, socket) => this.#broken(error, socket));
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

  async #request(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.socket.setTimeout(0);
    const problem = checkHead(request);
    const write = (reply: Reply): void => this.#write(request, response, reply);
    if (problem) {
      write({ ...htmlReply(problem.status, problem.reason, problem.text, this.#options.name), close: true });
      return;
    }
    const target = this.#target(request);
    if (!target) {
      const isMedia = this.#mediaId(request) !== undefined;
      write(isMedia ? htmlReply(426, 'Upgrade Required', '', this.#options.name) : this.#notFound());
      return;
    }
    try {
      const parsed = hasBody(request) ? parseBody(await readBody(request), request.headers['content-type']) : NO_BODY;
      await this.#options.exchange.handle(this.#restRequest(request, target, parsed, false), {
        reply: write,
        upgrade: () => write(htmlReply(426, 'Upgrade Required', '', this.#options.name)),
        drop: () => request.socket.destroy(),
      });
    } catch (error) {
      if (!request.socket.destroyed) write(bodyFailure(error));
    }
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const mediaId = this.#mediaId(request);
    if (mediaId !== undefined) {
      request.socket.setTimeout(0);
      this.#options.acceptMedia(request, socket, head, mediaId);
      return;
    }
    const target = this.#target(request);
    const end = (reply: Reply): void => {
      socket.end(encodeResponse(reply, this.#options.name));
    };
    if (!target) {
      end(this.#notFound());
      return;
    }
    request.socket.setTimeout(0);
    const rest = this.#restRequest(request, target, NO_BODY, true);
    void this.#options.exchange.handle(rest, {
      reply: end,
      upgrade: () => this.#options.accept(request, socket, head, rest.pairs),
      drop: () => socket.destroy(),
    });
  }

  /** The path below `/ari/` and the query; `undefined` if the request is for something else. */
  #target(request: IncomingMessage): { path: string; query: string } | undefined {
    const [path = '', ...query] = (request.url ?? '').split('?');
    const base = `${this.#options.prefix}/ari`;
    if (path !== base && !path.startsWith(`${base}/`)) return undefined;
    return { path: path.slice(base.length + 1), query: query.join('?') };
  }

  /** The id of a connection for media; `undefined` if the request is for something else. */
  #mediaId(request: IncomingMessage): string | undefined {
    const [path = ''] = (request.url ?? '').split('?');
    const base = `${this.#options.prefix}/media/`;
    return path.startsWith(base) ? path.slice(base.length) : undefined;
  }

  #restRequest(
    request: IncomingMessage,
    target: { path: string; query: string },
    body: ParsedBody,
    upgrade: boolean,
  ): RestRequest {
    const query = parsePairs(target.query);
    const pairs = [...body.form, ...query];
    return {
      transport: 'http',
      method: request.method ?? '',
      path: target.path,
      pairs,
      body: body.json,
      credentials: {
        authorization: request.headers.authorization,
        apiKey: pairs.find(([name]) => name === 'api_key')?.[1],
      },
      host: request.headers.host ?? '',
      upgrade,
    };
  }

  #write(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
    if (response.headersSent || request.socket.destroyed) return;
    const { headers, body } = encodeReply(reply, this.#options.name);
    response.statusCode = reply.status;
    response.statusMessage = reply.reason;
    if (reply.close === true || !response.shouldKeepAlive) response.shouldKeepAlive = false;
    else response.removeHeader('Connection');
    for (const [name, value] of headers) response.setHeader(name, value);
    this.#options.flushEvents();
    response.end(body, () => {
      if (reply.close === true) request.socket.destroySoon();
      else this.#expectRequest(request.socket);
    });
  }

  /** What the parser could not read. */
  #broken(error: Error & { code?: string }, socket: Duplex): void {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const reply =
      error.code === 'HPE_INVALID_TRANSFER_ENCODING'
        ? htmlReply(501, 'Unimplemented', 'Unsupported Transfer-Encoding.', this.#options.name)
        : htmlReply(400, 'Bad Request', 'Invalid Request', this.#options.name);
    socket.end(encodeResponse({ ...reply, close: true }, this.#options.name));
  }

  #notFound(): Reply {
    return htmlReply(404, 'Not Found', 'The requested URL was not found on this server.', this.#options.name);
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** The answer to a body that cannot be read; one that is too long ends the connection. */
function bodyFailure(error: unknown): Reply {
  const reply = failureReply(error);
  return error instanceof AriFailure && error.status === 413 ? { ...reply, close: true } : reply;
}
