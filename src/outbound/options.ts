import { checkClientClass, checkClientOptions, type ClientClass } from '../client/client-class.js';
import type { ConnectOptions, Credentials } from '../client/options.js';
import { checkOptions } from '../client/settings.js';
import { guardLogger } from '../diagnostics/guarded-logger.js';
import { Secrets } from '../diagnostics/redact.js';
import {
  checkDuration,
  checkGivenOptions,
  checkNames,
  checkString,
  checkWhole,
  checkWithin,
  refuseOption as refuse,
} from '../support/check-option.js';
import { checkPath, checkPort, checkServer } from '../support/check-server.js';
import { checkUser } from '../support/check-user.js';
import { checkLogger, type Logger } from '../support/logger.js';
import type { HttpServer } from '../support/own-server.js';

/** Where Asterisk's HTTP server is: for files, and for requests that would hold up those after them. */
export type HttpAccess = Credentials & Pick<ConnectOptions, 'fetch' | 'maxSockets' | 'tls' | 'agent'>;

/** How the clients behave, as with `connect`. */
export type AcceptedClientOptions = Pick<
  ConnectOptions,
  'timeoutMs' | 'maxQueued' | 'retry' | 'pingIntervalMs' | 'slowAfterMs' | 'eventFilter' | 'validation' | 'whenInvalid'
>;

/** Certificate and key of a server on a port of its own; both as PEM. */
export interface ServerTls {
  readonly cert: string | Buffer;
  readonly key: string | Buffer;
  /** Who must have signed the certificate of an Asterisk; without it none is asked for. */
  readonly ca?: string | Buffer | undefined;
  readonly passphrase?: string | undefined;
}

/** How a server that Asterisk connects to is to be. */
export interface OutboundOptions<C extends object> {
  /** What each connection gets a client of: `AriClient`, of the package or of your own bindings. */
  readonly client: ClientClass<C>;
  /** Port to listen at; 0 for a free one. Either this or `server`. */
  readonly port?: number | undefined;
  /** Address to listen at. @default every address */
  readonly host?: string | undefined;
  /** With a port: the server speaks TLS, and Asterisk's `uri` begins with `wss:`. */
  readonly tls?: ServerTls | undefined;
  /** A server of yours that listens by itself, of Express or Fastify for instance. Other paths are left to it. */
  readonly server?: HttpServer | undefined;
  /** Path of the `uri` in `websocket_client.conf`, without its query. @default '/' */
  readonly path?: string | undefined;
  /** `username` and `password` in `websocket_client.conf`: who else connects is refused with 401. */
  readonly username: string;
  readonly password: string;
  /** Applications that may be served, by the names in `ari.conf`; a connection for another one is closed. @default all */
  readonly apps?: readonly string[] | undefined;
  /** Where Asterisk's HTTP server is. Without it everything goes over the WebSocket, and files can't be had. */
  readonly http?: HttpAccess | undefined;
  /**
   * Most connections at a time, interrupted ones included; one more is refused with 503, or closed with 1013 where only
   * what it says tells that it is none that comes back. One that comes back goes on.
   * @default 10,000
   */
  readonly maxConnections?: number | undefined;
  /** Longest message taken, in bytes; a longer one ends its connection. @default 16 MiB */
  readonly maxMessageBytes?: number | undefined;
  /** How long a new connection may take to name its applications, in milliseconds. @default 5,000 */
  readonly greetingTimeoutMs?: number | undefined;
  /** How long a lost connection's client waits for Asterisk to connect again, in milliseconds. @default 30,000 */
  readonly resumeTimeoutMs?: number | undefined;
  readonly clientOptions?: AcceptedClientOptions | undefined;
  /** Receives what the server and its clients do and what goes wrong. Silent if left out. */
  readonly logger?: Logger | undefined;
}

/** Checked options with their defaults. */
export interface OutboundSettings<C extends object> {
  readonly client: ClientClass<C>;
  readonly path: string;
  readonly username: string;
  readonly password: string;
  readonly apps: ReadonlySet<string> | undefined;
  readonly http: HttpAccess | undefined;
  readonly maxConnections: number;
  readonly maxMessageBytes: number;
  readonly greetingTimeoutMs: number;
  readonly resumeTimeoutMs: number;
  readonly clientOptions: AcceptedClientOptions;
  readonly logger: Logger;
}

const known = [
  ...(['client', 'port', 'host', 'tls', 'server', 'path', 'username', 'password', 'apps', 'http'] as const),
  ...(['maxConnections', 'maxMessageBytes', 'greetingTimeoutMs', 'resumeTimeoutMs', 'clientOptions'] as const),
  'logger',
] as const satisfies readonly (keyof OutboundOptions<object>)[];

const clientOptionNames = [
  ...(['timeoutMs', 'maxQueued', 'retry', 'pingIntervalMs', 'slowAfterMs', 'eventFilter'] as const),
  ...(['validation', 'whenInvalid'] as const),
] as const satisfies readonly (keyof AcceptedClientOptions)[];

const httpNames = ['url', 'username', 'password', 'fetch', 'maxSockets', 'tls', 'agent'] as const;

const tlsNames = ['cert', 'key', 'ca', 'passphrase'] as const satisfies readonly (keyof ServerTls)[];

/** @throws {AriValidationError} naming the option and what is allowed */
export function checkOutboundOptions<C extends object>(options: OutboundOptions<C>): OutboundSettings<C> {
  checkGivenOptions('serve', options, known);
  const { apps, http, clientOptions = {}, logger } = options;
  checkPlace(options);
  const { username, password } = checkUser(options);
  if (apps !== undefined && (!Array.isArray(apps) || apps.some((app) => typeof app !== 'string' || app === ''))) {
    throw refuse('apps', 'must be a list of names');
  }
  checkClientOptions(clientOptions, clientOptionNames);
  checkHttp(http);
  return {
    client: checkClientClass(options.client),
    path: checkPath(options.path, '/'),
    username,
    password,
    apps: apps && new Set(apps),
    http,
    maxConnections: checkWhole('maxConnections', options.maxConnections, 10_000, 1),
    maxMessageBytes: checkWhole('maxMessageBytes', options.maxMessageBytes, 16 * 1024 * 1024, 1024),
    greetingTimeoutMs: checkDuration('greetingTimeoutMs', options.greetingTimeoutMs, 5_000),
    resumeTimeoutMs: checkDuration('resumeTimeoutMs', options.resumeTimeoutMs, 30_000),
    clientOptions,
    logger: guardLogger(checkLogger(logger), new Secrets(username, password).redact),
  };
}

/** The clients that use it are made when somebody connects. */
function checkHttp(http: HttpAccess | undefined): void {
  if (http !== undefined) {
    checkNames('http', http, httpNames);
    checkWithin('http', () => checkOptions(http));
  }
}

function checkPlace(options: OutboundOptions<object>): void {
  const { port, host, tls, server } = options;
  if ((port === undefined) === (server === undefined)) {
    throw refuse('port', "or 'server' must be given, and only one of them");
  }
  checkServer(options);
  checkPort(port);
  if (host !== undefined) {
    checkString('host', host);
  }
  if (tls !== undefined) {
    checkNames('tls', tls, tlsNames);
  }
}
