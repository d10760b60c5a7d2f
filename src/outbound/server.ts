import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { WebSocket, WebSocketServer } from 'ws';
import { basicAuthentication } from '../support/basic-auth.js';
import { checkListener } from '../support/check-option.js';
import { checkDrain, type DrainOptions } from '../support/drain.js';
import { cutConnections, listen, makeHttpServer, type HttpServer } from '../support/own-server.js';
import { makeSocketServer, refuseUpgrade, takeUpgrades, upgradePath, type Refusal } from '../support/upgrades.js';
import { within } from '../support/within.js';
import { parseAppName } from './app-name.js';
import type { ConnectionListener, OutboundConnection } from './connection.js';
import { greet } from './greeting.js';
import { isAri, offersAri } from './handshake.js';
import { checkOutboundOptions, type OutboundOptions, type OutboundSettings } from './options.js';
import { Sessions } from './sessions.js';

const policyViolation = 1008;

const unauthorized: Refusal = {
  status: 401,
  reason: 'the user name or the password is wrong',
  headers: { 'WWW-Authenticate': 'Basic realm="asterisk-ari"' },
};
const notFound: Refusal = { status: 404, reason: 'there is nothing at this path' };
const noAri: Refusal = { status: 400, reason: 'the subprotocol must be ari' };
const upgradeRequired: Refusal = {
  status: 426,
  reason: 'this is for a WebSocket that Asterisk opens',
  headers: { Upgrade: 'websocket' },
};
const busy: Refusal = { status: 503, reason: 'no connection is taken at the moment', headers: { 'Retry-After': '1' } };

/** A server that Asterisk's `outbound_websocket` connects to. */
export class OutboundServer<C extends object> implements AsyncDisposable {
  readonly #settings: OutboundSettings<C>;
  readonly #http: HttpServer;
  readonly #isOwn: boolean;
  readonly #authenticates: (header: string | undefined) => boolean;
  readonly #sockets: WebSocketServer;
  readonly #sessions: Sessions<C>;
  readonly #open = new Set<WebSocket>();
  /** Open sockets of which it is not known yet which connection they are for. */
  readonly #arriving = new Set<WebSocket>();
  #isDraining = false;
  readonly #leave: () => void;
  #closing: Promise<void> | undefined;

  /** @internal */
  constructor(options: OutboundOptions<C>, listener: ConnectionListener<C>) {
    const settings = checkOutboundOptions(options);
    checkListener('serve', listener);
    this.#settings = settings;
    this.#authenticates = basicAuthentication(settings.username, settings.password);
    this.#sessions = new Sessions(settings, listener);
    this.#sockets = makeSocketServer(settings.maxMessageBytes, (offered) => [...offered].find(isAri) ?? false);
    this.#isOwn = options.server === undefined;
    this.#http = options.server ?? this.#makeServer(options);
    this.#leave = takeUpgrades(
      this.#http,
      settings.path,
      (request, socket, head) => this.#onUpgrade(request, socket as Socket, head),
      (_request, socket) => this.#refuse(socket as Socket, notFound),
    );
  }

  /** Port that it listens at; 0 while a server of yours does not listen. */
  get port(): number {
    return (this.#http.address() as AddressInfo | null)?.port ?? 0;
  }

  /** The connections that there are, interrupted ones included. */
  get connections(): OutboundConnection<C>[] {
    return this.#sessions.connections;
  }

  /** Whether it takes no new connections any more. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** @internal Listens, if that is its own business. */
  async listen({ port, host }: OutboundOptions<C>): Promise<void> {
    if (this.#isOwn) {
      await listen(this.#http, port as number, host);
    }
  }

  /**
   * Ends without ending calls: from now on connections are refused with 503, so that a load balancer sends them
   * elsewhere; when the last call is over and listeners have done what they still do, or the time is over, everything is
   * closed. Resolves with the number of connections whose calls took too long. Within a listener, do not await it.
   */
  async drain(options: DrainOptions = {}): Promise<number> {
    const boundMs = checkDrain(options);
    this.#isDraining = true;
    await within(boundMs, this.#sessions.idle());
    const left = this.connections.filter((each) => each.kind === 'perCall' || each.calls > 0).length;
    await this.close();
    return left;
  }

  /** Closes every connection and client; of a server of yours, nothing but those. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    this.#isDraining = true;
    await this.#sessions.close();
    for (const socket of this.#open) {
      socket.terminate();
    }
    if (this.#isOwn) {
      const http = this.#http;
      await new Promise<void>((resolve) => {
        http.close(() => resolve());
        cutConnections(http);
      });
    }
    this.#leave();
  }

  #makeServer({ tls }: OutboundOptions<C>): HttpServer {
    return makeHttpServer(tls && { ...tls, requestCert: tls.ca !== undefined }, (request, response) => {
      const { status, reason, headers } = this.#answerTo(request);
      response.writeHead(status, { ...headers, 'Content-Type': 'text/plain' }).end(reason);
    });
  }

  /** What a request gets that wants no upgrade; 503 tells a load balancer's health check. */
  #answerTo(request: IncomingMessage): Refusal {
    if (upgradePath(request) !== this.#settings.path) {
      return notFound;
    }
    return this.#isDraining ? busy : upgradeRequired;
  }

  #onUpgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const refusal = this.#refusal(request);
    if (refusal === undefined) {
      this.#sockets.handleUpgrade(request, socket, head, (opened) => void this.#accept(opened, socket, request));
    } else {
      this.#refuse(socket, refusal);
    }
  }

  #refuse(socket: Socket, refusal: Refusal): void {
    this.#settings.logger.warn(`a connection from ${socket.remoteAddress} was refused with ${refusal.status}`);
    refuseUpgrade(socket, refusal);
  }

  #refusal(request: IncomingMessage): Refusal | undefined {
    if (!this.#authenticates(request.headers.authorization)) {
      return unauthorized;
    }
    if (!offersAri(request)) {
      return noAri;
    }
    return this.#isDraining || !this.#hasRoomFor(request) ? busy : undefined;
  }

  /** One that comes back needs no room: it is let in when it may be that, and looked at once it has told who it is. */
  #hasRoomFor({ url: requestUrl = '/', socket: { remoteAddress = '' } }: IncomingMessage): boolean {
    const { maxConnections } = this.#settings;
    const arriving = this.#arriving.size;
    return (
      arriving + this.#sessions.connections.length < maxConnections ||
      (arriving < maxConnections && this.#sessions.mayGoOn({ requestUrl, remoteAddress }))
    );
  }

  /** Never rejects. */
  async #accept(socket: WebSocket, wire: Socket, request: IncomingMessage): Promise<void> {
    const { greetingTimeoutMs, logger } = this.#settings;
    const { remoteAddress = '' } = wire;
    this.#open.add(socket);
    this.#arriving.add(socket);
    // What an abandoned socket has still to say must not become an uncaught exception.
    socket.on('error', () => undefined);
    wire.once('close', () => {
      this.#open.delete(socket);
      this.#arriving.delete(socket);
    });
    let closedWith: number | undefined;
    socket.once('close', (code) => (closedWith = code));
    try {
      const greeting = await greet(socket, greetingTimeoutMs);
      const why = this.#objection(greeting.apps);
      if (why !== undefined) {
        logger.warn(`a connection from ${remoteAddress} was closed: ${why}`);
        socket.resume();
        socket.close(policyViolation, 'this application is not served here');
        return;
      }
      const arrival = { greeting, remoteAddress, requestUrl: request.url ?? '/' };
      const { opened } = await this.#sessions.admit(
        { socket, wire, namesProtocol: true, early: greeting.take, closedWith: () => closedWith },
        arrival,
      );
      this.#arriving.delete(socket);
      await opened;
    } catch (error) {
      logger.warn(`a connection from ${remoteAddress} was given up: ${String(error)}`);
      socket.terminate();
    }
  }

  /** What is wrong with the applications of a connection, if anything is. */
  #objection(apps: readonly string[]): string | undefined {
    const { apps: served } = this.#settings;
    for (const app of apps) {
      const name = parseAppName(app);
      if (name === undefined) {
        return `${JSON.stringify(app.slice(0, 100))} is not the name of an application`;
      }
      if (served?.has(name.configured) === false) {
        return `${app} is not among the applications (apps)`;
      }
    }
    return undefined;
  }
}

/**
 * Starts a server that Asterisk's `outbound_websocket` connects to, or attaches one to a server of yours.
 * @param listener called with each new connection, before its first event is read; one that comes back after an
 *   interruption is not new
 * @throws {AriValidationError} for a wrong option; what Node throws if the port can't be had
 * @example
 * await serve({ client: AriClient, port: 8090, username: 'asterisk', password }, ({ client }) => {
 *   client.channels.on('StasisStart', (channel) => channel.answer());
 * });
 */
export async function serve<C extends object>(
  options: OutboundOptions<C>,
  listener: ConnectionListener<C>,
): Promise<OutboundServer<C>> {
  const server = new OutboundServer(options, listener);
  await server.listen(options);
  return server;
}
