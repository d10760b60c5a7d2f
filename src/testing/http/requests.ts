import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Exchange } from '../rest/exchange.js';
import type { RestRequest } from '../rest/rest-request.js';
import { parsePairs } from '../routing/uri.js';
import { describeBroken } from './broken.js';
import { encodeReply, encodeResponse } from './encode.js';
import { AriFailure } from './failure.js';
import { htmlReply } from './html.js';
import { checkHead } from './limits.js';
import { type Head, readLooseHead } from './loose-head.js';
import { parseBody, type ParsedBody, readBody } from './read-body.js';
import { failureReply, type Reply } from './reply.js';

export interface RequestOptions {
  readonly exchange: Exchange;
  /** Path before `/ari`, as `/asterisk`; empty for none. */
  readonly prefix: string;
  /** What it calls itself: `Asterisk/22.10.1`. */
  readonly name: string;
  /** Has events leave that were sent before, so that an answer does not overtake them. */
  flushEvents(): void;
  /** Takes over a connection that becomes an event socket. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, pairs: RestRequest['pairs']): void;
  /** Takes over a connection that becomes one for the media of a channel. */
  acceptMedia(request: IncomingMessage, socket: Duplex, head: Buffer, connectionId: string): void;
}

const NO_BODY: ParsedBody = { json: undefined, form: [] };

/** Takes the requests of Asterisk's HTTP server, and answers each. */
export class HttpRequests {
  readonly #options: RequestOptions;
  readonly #answered: (socket: Socket) => void;

  /** `answered` is told of each connection that may have another request. */
  constructor(options: RequestOptions, answered: (socket: Socket) => void) {
    this.#options = options;
    this.#answered = answered;
  }

  async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.socket.setTimeout(0);
    // The answer to HEAD has a body, which Node would not send.
    if (request.method === 'HEAD') {
      this.takeLast(request, request.socket);
      return;
    }
    const problem = checkHead(request);
    const write = (reply: Reply): void => this.#write(request, response, reply);
    if (problem) {
      write({ ...htmlReply(problem.status, problem.reason, problem.text, this.#options.name), close: true });
      return;
    }
    const target = this.#target(request);
    if (!target) {
      write(this.#mediaId(request) === undefined ? this.#notFound() : this.#upgradeRequired());
      return;
    }
    try {
      const parsed = hasBody(request) ? parseBody(await readBody(request), request.headers['content-type']) : NO_BODY;
      await this.#options.exchange.handle(this.#restRequest(request, target, parsed, false), {
        reply: write,
        upgrade: () => write(this.#upgradeRequired()),
        drop: () => request.socket.destroy(),
      });
    } catch (error) {
      if (!request.socket.destroyed) write(bodyFailure(error));
    }
  }

  /** Takes a request for another protocol, which becomes an event socket or ends with the answer. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    request.socket.setTimeout(0);
    const mediaId = this.#mediaId(request);
    if (mediaId !== undefined) {
      this.#options.acceptMedia(request, socket, head, mediaId);
      return;
    }
    const forWebSocket = request.headers.upgrade?.toLowerCase() === 'websocket';
    this.#end(request, socket, forWebSocket, (pairs) => this.#options.accept(request, socket, head, pairs));
  }

  /** Takes a request without a body whose answer ends the connection. */
  takeLast(head: Head, socket: Duplex): void {
    this.#end(head, socket, false, () => undefined);
  }

  /** Takes what the parser could not read. */
  takeBroken(error: Error & { code?: string; rawPacket?: Buffer }, socket: Duplex): void {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const head = readLooseHead(error);
    if (head) this.takeLast(head, socket);
    else
      socket.end(
        encodeResponse({ ...describeBroken(error.code, this.#options.name), close: true }, this.#options.name),
      );
  }

  #end(head: Head, socket: Duplex, upgrade: boolean, accept: (pairs: RestRequest['pairs']) => void): void {
    const end = (reply: Reply): void => {
      this.#options.flushEvents();
      socket.end(encodeResponse(reply, this.#options.name));
    };
    const target = this.#target(head);
    if (!target) {
      end(this.#notFound());
      return;
    }
    const rest = this.#restRequest(head, target, NO_BODY, upgrade);
    void this.#options.exchange.handle(rest, {
      reply: end,
      upgrade: () => (upgrade ? accept(rest.pairs) : end(this.#upgradeRequired())),
      drop: () => socket.destroy(),
    });
  }

  /** The path below `/ari/` and the query; `undefined` if the request is for something else. */
  #target(request: Head): { path: string; query: string } | undefined {
    const [path = '', ...query] = (request.url ?? '').split('?');
    const base = `${this.#options.prefix}/ari`;
    if (path !== base && !path.startsWith(`${base}/`)) return undefined;
    return { path: path.slice(base.length + 1), query: query.join('?') };
  }

  /** The id of a connection for media; `undefined` if the request is for something else. */
  #mediaId(request: Head): string | undefined {
    const [path = ''] = (request.url ?? '').split('?');
    const base = `${this.#options.prefix}/media/`;
    return path.startsWith(base) ? path.slice(base.length) : undefined;
  }

  #restRequest(
    request: Head,
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
        authorization: request.headersDistinct['authorization'] ?? [],
        apiKey: pairs.find(([name]) => name === 'api_key')?.[1],
      },
      host: request.headersDistinct['host']?.[0] ?? '',
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
    // As Asterisk, which writes whatever it was told as it is.
    for (const [name, value] of headers) response.setHeader(name, Buffer.from(value).toString('latin1'));
    this.#options.flushEvents();
    response.end(body, () => {
      if (reply.close === true) request.socket.destroySoon();
      else this.#answered(request.socket);
    });
  }

  #upgradeRequired(): Reply {
    return htmlReply(426, 'Upgrade Required', '', this.#options.name);
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
