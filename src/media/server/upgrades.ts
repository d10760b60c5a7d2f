import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer, type ServerOptions } from 'node:https';
import type { Duplex } from 'node:stream';

/** An HTTP server of ours or of the application's, and the requests to it that want to become WebSockets. */
export type HttpServer = Server | TlsServer;

type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

const nothingHere: RequestListener = (_request, response) => {
  response.writeHead(426, { Upgrade: 'websocket', Connection: 'close' }).end();
};

export function makeHttpServer(tls: ServerOptions | undefined): HttpServer {
  return tls === undefined ? createServer(nothingHere) : createTlsServer(tls, nothingHere);
}

/**
 * Takes the upgrades to one path; those to others are left to whoever else listens, and refused if there is nobody.
 * Returns what takes that back.
 */
export function takeUpgrades(server: HttpServer, path: string, onUpgrade: OnUpgrade): () => void {
  const listener: OnUpgrade = (request, socket, head) => {
    if (pathOf(request) === path) {
      onUpgrade(request, socket, head);
    } else if (server.listenerCount('upgrade') === 1) {
      refuseUpgrade(socket, '404 Not Found');
    }
  };
  server.on('upgrade', listener);
  return () => server.off('upgrade', listener);
}

/** Answers a request to upgrade with a failure, and closes its connection. */
export function refuseUpgrade(socket: Duplex, status: string, headers: readonly string[] = []): void {
  const lines = [`HTTP/1.1 ${status}`, ...headers, 'Content-Length: 0', 'Connection: close', '', ''];
  socket.on('error', () => socket.destroy());
  socket.end(lines.join('\r\n'));
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const [path = '/'] = url.split('?', 1);
  return path;
}
