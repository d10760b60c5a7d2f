import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer, type ServerOptions } from 'node:https';

/** An HTTP server of ours or of the application's, and the requests to it that want to become WebSockets. */
export type HttpServer = Server | TlsServer;

const nothingHere: RequestListener = (_request, response) => {
  response.writeHead(426, { Upgrade: 'websocket', Connection: 'close' }).end();
};

export function makeHttpServer(tls: ServerOptions | undefined): HttpServer {
  return tls === undefined ? createServer(nothingHere) : createTlsServer(tls, nothingHere);
}
