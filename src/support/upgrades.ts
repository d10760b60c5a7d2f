import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type ServerOptions } from 'ws';
import { refuseOption } from './check-option.js';
import { closingMs } from './closing.js';

/** Called with a request that wants to become a WebSocket. */
export type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** The paths that are taken here, of each HTTP server; the first of them answers for those that nobody has taken. */
const takenOf = new WeakMap<object, Set<string>>();

/**
 * Takes the upgrades to one path of an HTTP server. Those to others are left to whoever else listens.
 * @param onStray called for a path that nobody has taken, where nobody else listens: else it would never be answered
 * @returns what takes that back
 * @throws {AriValidationError} if the path is taken
 */
export function takeUpgrades(
  server: Server | TlsServer,
  path: string,
  onUpgrade: OnUpgrade,
  onStray: OnUpgrade,
): () => void {
  const taken = takenOf.get(server) ?? new Set<string>();
  takenOf.set(server, taken);
  if (taken.has(path)) {
    throw refuseOption('path', `must be another one: '${path}' of this server is taken`);
  }
  taken.add(path);
  const listener: OnUpgrade = (request, socket, head) => {
    const asked = upgradePath(request);
    if (asked === path) {
      onUpgrade(request, socket, head);
    } else if (!taken.has(asked) && server.listenerCount('upgrade') === taken.size && [...taken][0] === path) {
      onStray(request, socket, head);
    }
  };
  server.on('upgrade', listener);
  return () => {
    taken.delete(path);
    server.off('upgrade', listener);
  };
}

/** The path of a request, without its query. */
export function upgradePath({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/';
}

/** What is said to a request that is not let in. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers an upgrade with a refusal and closes the connection. */
export function refuseUpgrade(socket: Duplex, { status, reason, headers = {} }: Refusal): void {
  const lines = Object.entries({
    ...headers,
    Connection: 'close',
    'Content-Type': 'text/plain',
    'Content-Length': String(Buffer.byteLength(reason)),
  }).map(([name, value]) => `${name}: ${value}`);
  socket.on('error', () => undefined);
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${reason}`);
}

/** What ws takes; its types lag behind. */
interface WebSocketOptions extends ServerOptions {
  readonly closeTimeout: number;
}

/**
 * Makes WebSockets of the upgrades that it is handed, as Asterisk wants them: it takes no handshake that names an
 * extension.
 * @param chooseProtocol which of the subprotocols that are offered is spoken; false for none
 */
export function makeSocketServer(
  maxPayload: number,
  chooseProtocol: (offered: Set<string>) => string | false,
): WebSocketServer {
  const options: WebSocketOptions = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload,
    closeTimeout: closingMs,
    handleProtocols: chooseProtocol,
  };
  return new WebSocketServer(options);
}
