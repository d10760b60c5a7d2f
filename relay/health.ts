import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Relay } from 'asterisk-ari/nats';

/** Where health is told. */
export interface HealthPlace {
  readonly port: number;
  readonly host: string;
}

/**
 * Serves `GET /health`: 200 while Asterisk and NATS are connected, else 503, in both cases with the relay's status as
 * JSON. While the relay drains it is 503, too, so that nothing new is sent its way.
 */
export async function serveHealth(relay: Relay, { port, host }: HealthPlace): Promise<AsyncDisposable> {
  const server = createServer((request, response) => {
    const isKnown = request.url?.split('?')[0] === '/health' && (request.method === 'GET' || request.method === 'HEAD');
    const { status } = relay;
    const code = isKnown ? (status.state === 'up' && status.connected ? 200 : 503) : 404;
    response.writeHead(code, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(
      request.method === 'HEAD' ? undefined : JSON.stringify(isKnown ? status : { error: 'only GET /health' }),
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
