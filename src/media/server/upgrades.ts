import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer, type ServerOptions } from 'node:https';
import type { Duplex } from 'node:stream';

/** An HTTP server of ours or of the application's, and the requests to it that want to become WebSockets. */
export type HttpServer = Server | TlsServer;

const nothingHere: RequestListener = (_request, response) => {
  response.writeHead(426, { Upgrade: 'websocket', Connection: 'close' }).end();
};

export function makeHttpServer(tls: ServerOptions | undefined): HttpServer {
  return tls === undefined ? createServer(nothingHere) : createTlsServer(tls, nothingHere);
}

/** Answers a request to upgrade with a failure, and closes its connection. */
export function refuseUpgrade(socket: Duplex, status: string, headers: readonly string[] = []): void {
  const lines = [`HTTP/1.1 ${status}`, ...headers, 'Content-Length: 0', 'Connection: close', '', ''];
  socket.on('error', () => socket.destroy());
  socket.end(lines.join('\r\n'));
}
