import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { refusalOf } from './api.js';
import { UsageError } from '../usage-error.js';
import { send, sendJson } from './answer.js';
import type { StaticFile } from './files.js';
import { Guard, urlOf, type Denial } from './guard.js';
import type { Live } from './live.js';
import { Session } from './session.js';

/** Where the page is, and to whom. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** Names besides its addresses by which it may be asked for. */
  readonly names: readonly string[];
}

export interface Content {
  readonly page: ReadonlyMap<string, StaticFile>;
  readonly routes: ReadonlyMap<string, (request: IncomingMessage, response: ServerResponse) => Promise<void> | void>;
  readonly live: Live;
  /** Called when a browser was let in; there is a new address for another one. */
  onBrowser(): void;
  /** Called with what should not happen. */
  onError(error: unknown): void;
}

const limits = { maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 30_000 };
const MOST_CONNECTIONS = 100;

/** The HTTP server of the page. */
export class PageServer implements AsyncDisposable {
  readonly #content: Content;
  readonly #server: Server;
  readonly #guard: Guard;
  readonly #session = new Session();
  readonly #scheme: 'http' | 'https';

  private constructor({ tls, names }: Listening, content: Content) {
    this.#content = content;
    this.#scheme = tls ? 'https' : 'http';
    this.#guard = new Guard({ scheme: this.#scheme, names });
    this.#server = tls ? createSecureServer({ ...limits, ...tls }) : createServer(limits);
    this.#server.maxConnections = MOST_CONNECTIONS;
    this.#server.on('request', (request, response) => void this.#take(request, response));
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.#upgrade(request, socket, head),
    );
  }

  static async listen(listening: Listening, content: Content): Promise<PageServer> {
    const page = new PageServer(listening, content);
    page.#server.listen(listening.port, listening.host);
    try {
      await once(page.#server, 'listening');
    } catch (error) {
      throw explained(error as NodeJS.ErrnoException, listening);
    }
    // Such as too many open files: the page may be asked for again when there are fewer.
    page.#server.on('error', (error) => content.onError(error));
    return page;
  }

  /** `http://127.0.0.1:8090` */
  get url(): string {
    return urlOf(this.#scheme, this.#server.address() as AddressInfo);
  }

  /** The address that lets one browser in. */
  get address(): string {
    return `${this.url}/?token=${this.#session.token}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#content.live.close();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const denial = this.#guard.check(request);
    if (denial !== undefined) {
      deny(response, denial);
      return;
    }
    const { pathname, searchParams } = targetOf(request);
    const token = searchParams.get('token');
    if (pathname === '/' && token !== null && request.method === 'GET' && this.#session.redeem(token)) {
      this.#letIn(request, response);
    } else if (!this.#isKnown(request)) {
      deny(response, { status: 401, reason: 'Open the address that ari-explorer has printed; each is good once.' });
    } else {
      await this.#serve(pathname, request, response);
    }
  }

  #letIn(request: IncomingMessage, response: ServerResponse): void {
    const cookie = this.#session.setCookie(request.socket.localPort ?? 0, this.#scheme === 'https');
    send(response, 303, 'text/plain', '', { Location: '/', 'Set-Cookie': cookie });
    this.#content.onBrowser();
  }

  #isKnown(request: IncomingMessage): boolean {
    return this.#session.admits(request.headers.cookie, request.socket.localPort ?? 0);
  }

  async #serve(pathname: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const file = method === 'GET' ? this.#content.page.get(pathname) : undefined;
    const route = this.#content.routes.get(`${method} ${pathname}`);
    try {
      if (file !== undefined) send(response, 200, file.type, file.body);
      else if (route !== undefined) await route(request, response);
      else sendJson(response, 404, { error: 'There is no such thing here.' });
    } catch (error) {
      this.#fail(error, response);
    }
  }

  #fail(error: unknown, response: ServerResponse): void {
    const refusal = refusalOf(error);
    if (refusal === undefined) this.#content.onError(error);
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    // What is left of a body that is too large is not read.
    if (refusal?.status === 413) response.setHeader('Connection', 'close');
    sendJson(response, refusal?.status ?? 500, {
      error: refusal?.message ?? 'ari-explorer has failed; see its terminal.',
    });
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const { pathname } = targetOf(request);
    const denial = this.#guard.check(request) ?? (this.#isKnown(request) ? undefined : { status: 401 });
    const status = pathname === '/live' ? denial?.status : 404;
    if (status === undefined) this.#content.live.accept(request, socket, head);
    else socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  }
}

function explained(error: NodeJS.ErrnoException, { host, port }: Listening): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Error(`port ${port} is taken: --port gives another one`, { cause: error });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new UsageError(`--host ${host} is no address of this machine (${error.code})`);
    case 'EACCES':
      return new UsageError(`--port ${port} is not for this user: give one above 1023 (${error.code})`);
    default:
      return error;
  }
}

/** What is asked for; what is no address is an address that leads nowhere. */
function targetOf({ url = '/' }: IncomingMessage): Pick<URL, 'pathname' | 'searchParams'> {
  const base = 'http://page';
  return new URL(URL.canParse(url, base) ? url : '/no-address', base);
}

function deny(response: ServerResponse, { status, reason }: Denial): void {
  response.setHeader('Connection', 'close');
  send(response, status, 'text/plain; charset=utf-8', `${reason}\n`);
}
