import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer, type ServerOptions } from 'node:https';
import type { Server as NetServer, Socket } from 'node:net';
import { checkRecord, refuseOption } from './check-option.js';
import { errorText } from './error-text.js';

/** An HTTP server of ours or of the application's. */
export type HttpServer = Server | TlsServer;

/** The connections to servers of ours, those included that have not said anything yet. */
const wiresOf = new WeakMap<NetServer, Set<Socket>>();

/**
 * Makes a server of our own.
 * @throws {AriValidationError} if `tls` has no certificate, or one that Node does not take
 */
export function makeHttpServer(tls: ServerOptions | undefined, onRequest: RequestListener): HttpServer {
  const server = tls === undefined ? createServer(onRequest) : makeTlsServer(tls, onRequest);
  const wires = new Set<Socket>();
  wiresOf.set(server, wires);
  server.on('connection', (wire: Socket) => {
    wires.add(wire);
    wire.once('close', () => wires.delete(wire));
  });
  return server;
}

/** Listens; rejects if the address cannot be had. */
export function listen(server: NetServer, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Cuts all connections to a server that was made here: one in the middle of a handshake would keep it open for minutes. */
export function cutConnections(server: HttpServer): void {
  wiresOf.get(server)?.forEach((wire) => wire.destroy());
}

function makeTlsServer(tls: ServerOptions, onRequest: RequestListener): TlsServer {
  const { cert, key, pfx, SNICallback } = checkRecord("option 'tls'", tls, ['cert', 'key'], 'tls') as ServerOptions;
  if (pfx === undefined && SNICallback === undefined) {
    for (const [name, value] of Object.entries({ cert, key })) {
      if (value === undefined || value === null || (value as string).length === 0) {
        throw refuseOption(`tls.${name}`, 'must be given, as PEM');
      }
    }
  }
  try {
    return createTlsServer(tls, onRequest);
  } catch (cause) {
    throw refuseOption('tls', `is of no use to Node: ${errorText(cause)}`);
  }
}
