import type { IncomingMessage, RequestListener } from 'node:http';
import type { ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import { Secrets, type Redact } from '../../diagnostics/redact.js';
import { basicAuthentication } from '../../support/basic-auth.js';
import { checkDuration, checkGivenOptions, checkWhole } from '../../support/check-option.js';
import { checkPath, checkServer } from '../../support/check-server.js';
import { checkUser } from '../../support/check-user.js';
import { cutConnections, listen, makeHttpServer, type HttpServer } from '../../support/own-server.js';
import { makeSocketServer, refuseUpgrade, takeUpgrades, type Refusal } from '../../support/upgrades.js';
import { checkMediaOptions, mediaOptionNames, type MediaOptions, type MediaSettings } from '../session/options.js';
import { infoOf } from '../session/info.js';
import type { MediaLink } from '../session/link.js';
import { Media } from '../session/media.js';
import type { MediaStartEvent } from '../protocol/events.js';
import { maxPayload } from '../websocket/link.js';
import { startMedia } from '../websocket/start.js';
import { BaseServer } from './base-server.js';
import { checkAddress, type ListenAddress } from './check-address.js';

const nothingHere: RequestListener = (_request, response) => {
  response.writeHead(426, { Upgrade: 'websocket', Connection: 'close' }).end();
};

const notFound: Refusal = { status: 404, reason: '' };
const unauthorized: Refusal = {
  status: 401,
  reason: '',
  headers: { 'WWW-Authenticate': 'Basic realm="media"' },
};
const busy: Refusal = { status: 503, reason: '' };

/** How a server is to be that Asterisk's `websocket_client.conf` leads to. */
export interface MediaServerOptions extends MediaOptions {
  /** Port to listen at. @default a free one */
  readonly port?: number | undefined;
  /** Address to listen at; `0.0.0.0` for all. @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** Makes it listen with TLS: certificate and key. */
  readonly tls?: ServerOptions | undefined;
  /** A server to be part of, in place of one of its own; it is left open by `close()`. */
  readonly server?: HttpServer | undefined;
  /** Path that the `uri` of `websocket_client.conf` has. @default '/media' */
  readonly path?: string | undefined;
  /** The `username` of `websocket_client.conf`; whoever does not know it and the password is refused with 401. */
  readonly username: string;
  readonly password: string;
  /** Most connections at a time; one more is refused with 503. @default 1,000 */
  readonly maxConnections?: number | undefined;
  /** Longest wait for Asterisk's first message, in milliseconds. @default 5,000 */
  readonly timeoutMs?: number | undefined;
}

const known = [
  ...mediaOptionNames,
  ...(['port', 'host', 'tls', 'server', 'path', 'username', 'password', 'maxConnections', 'timeoutMs'] as const),
] as const satisfies readonly (keyof MediaServerOptions)[];

/**
 * Opens a server that Asterisk connects to for media; resolves when it listens.
 * @throws {AriValidationError} for a wrong option
 */
export async function startMediaServer(options: MediaServerOptions): Promise<MediaServer> {
  checkGivenOptions('startMediaServer', options, known);
  const server = new MediaServer(options);
  await server.start();
  return server;
}

/** What Asterisk connects to, one WebSocket a channel. */
export class MediaServer extends BaseServer {
  readonly #settings: MediaSettings;
  readonly #redact: Redact;
  readonly #authenticates: (header: string | undefined) => boolean;
  readonly #address: ListenAddress;
  readonly #path: string;
  readonly #http: HttpServer;
  readonly #isOwn: boolean;
  readonly #maxConnections: number;
  readonly #timeoutMs: number;
  readonly #webSockets: WebSocketServer;
  readonly #closing = new AbortController();
  #leave: (() => void) | undefined;
  #open = 0;

  /** @internal */
  constructor(options: MediaServerOptions) {
    const { redact } = new Secrets(options.username, options.password);
    const settings = checkMediaOptions(options, redact);
    super(settings.logger);
    this.#redact = redact;
    this.#settings = settings;
    const { username, password } = checkUser(options);
    this.#authenticates = basicAuthentication(username, password);
    this.#address = checkAddress(options);
    this.#path = checkPath(options.path, '/media');
    this.#isOwn = options.server === undefined;
    this.#http = checkServer(options) ?? makeHttpServer(options.tls, nothingHere);
    this.#maxConnections = checkWhole('maxConnections', options.maxConnections, 1_000, 1);
    this.#timeoutMs = checkDuration('timeoutMs', options.timeoutMs, 5_000);
    // Asterisk takes no other protocol than the one that it has offered.
    this.#webSockets = makeSocketServer(maxPayload, (offered) => (offered.has('media') ? 'media' : false));
  }

  /** Port that it listens at. */
  get port(): number {
    return (this.#http.address() as AddressInfo | null)?.port ?? 0;
  }

  /** @internal */
  async start(): Promise<void> {
    const { port, host } = this.#address;
    this.#leave = takeUpgrades(
      this.#http,
      this.#path,
      (...request) => this.#onUpgrade(...request),
      (_request, socket) => refuseUpgrade(socket, notFound),
    );
    if (this.#isOwn) {
      await listen(this.#http, port, host);
    }
  }

  protected override async stopListening(): Promise<void> {
    this.#leave?.();
    this.#closing.abort();
    if (this.#isOwn) {
      const closed = new Promise((resolve) => this.#http.close(resolve));
      this.#http.closeAllConnections();
      await closed;
    }
  }

  protected override cutRest(): void {
    if (this.#isOwn) {
      cutConnections(this.#http);
    }
  }

  #onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!this.#authenticates(request.headers.authorization)) {
      refuseUpgrade(socket, unauthorized);
    } else if (this.#open >= this.#maxConnections) {
      refuseUpgrade(socket, busy);
    } else {
      this.#webSockets.handleUpgrade(request, socket, head, (opened) => void this.#accept(opened, request.socket));
    }
  }

  async #accept(socket: WebSocket, wire: Socket): Promise<void> {
    this.#open += 1;
    socket.once('close', () => (this.#open -= 1));
    try {
      const media = await startMedia(socket, wire, {
        make: (link, start) => this.#make(link, start),
        pingIntervalMs: this.#settings.pingIntervalMs,
        redact: this.#redact,
        timeoutMs: this.#timeoutMs,
        signal: this.#closing.signal,
      });
      this.welcome(media);
    } catch (error) {
      this.reject({ text: '', reason: (error as Error).message });
    }
  }

  #make(link: MediaLink, start: MediaStartEvent): Media {
    const { settings = this.#settings, traits = {} } = this.arrivals.of(start.channel_id) ?? {};
    return new Media(link, infoOf(start), settings, traits);
  }
}
