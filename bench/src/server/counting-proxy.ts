import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Target } from '../subjects/subject.js';

/**
 * Stands between a subject and an Asterisk, counts the bytes, and has a first event sent as soon as the event connection
 * is open.
 */
export class CountingProxy {
  readonly #to: Target;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #agent = new Agent({ keepAlive: true });
  bytes = 0;

  constructor(to: Target) {
    this.#to = to;
    this.#server = createServer((client) => this.#forward(client));
  }

  async start(): Promise<Target> {
    // A connection that is open already, and code that has run before: what is measured is somebody else.
    await this.#ask('GET', 'ari/asterisk/ping');
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return { ...this.#to, url: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/` };
  }

  #forward(client: Socket): void {
    const { hostname, port } = new URL(this.#to.url);
    const server = connect(Number(port), hostname);
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => (this.bytes += chunk.length));
    }
    let app: string | undefined;
    client.on(
      'data',
      (chunk) => (app ??= /^GET \/ari\/events\?\S*\bapp=([^&\s]+)/.exec(chunk.toString('latin1'))?.[1]),
    );
    server.on('data', (chunk) => {
      if (app !== undefined && chunk.toString('latin1', 0, 12) === 'HTTP/1.1 101') {
        // The event may be there before its answer, and with it the end; without the event the measurement fails.
        this.#ask('POST', `ari/events/user/first?application=${app}`).catch(() => undefined);
      }
    });
    client.pipe(server);
    server.pipe(client);
  }

  #ask(method: string, path: string): Promise<void> {
    const { url, username, password } = this.#to;
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, url), { method, agent: this.#agent, auth: `${username}:${password}` });
      sent.on('response', (response) => response.resume().on('end', resolve));
      sent.on('error', reject);
      sent.end();
    });
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    this.#sockets.forEach((socket) => socket.destroy());
    this.#server.close();
    await once(this.#server, 'close');
  }
}
