import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Relay } from 'asterisk-ari/nats';
import type { Given } from './names.js';

/** Where health is told. */
export interface HealthPlace {
  readonly port: number;
  readonly host: string;
}

/**
 * Serves `GET /health`: 200 while Asterisk and NATS are connected, else 503, in both cases with the relay's status as
 * JSON. Until there is a relay, and while it drains, it is 503, too, so that nothing new is sent its way.
 */
export class Health implements AsyncDisposable {
  /** What is told of. */
  relay: Relay | undefined;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(this.#answer);
  }

  /** @throws {Error} naming the options if the address can't be had */
  static async serve({ port, host }: HealthPlace, called: Given['called']): Promise<Health> {
    const health = new Health();
    health.#server.listen(port, host);
    try {
      await once(health.#server, 'listening');
    } catch (error) {
      const options = `${called('healthPort')} ${port}, ${called('healthHost')} ${host}`;
      throw new Error(`health cannot be served (${options}): ${(error as Error).message}`, { cause: error });
    }
    return health;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  readonly #answer: RequestListener = ({ url, method }, response) => {
    const isKnown = url?.split('?')[0] === '/health' && (method === 'GET' || method === 'HEAD');
    const status = this.relay?.status;
    const isWell = status?.state === 'up' && status.connected;
    response.writeHead(isKnown ? (isWell ? 200 : 503) : 404, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
    });
    const body = isKnown ? (status ?? { state: 'starting' }) : { error: 'only GET /health' };
    response.end(method === 'HEAD' ? undefined : JSON.stringify(body));
  };
}
