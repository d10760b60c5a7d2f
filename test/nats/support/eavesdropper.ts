import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What looks like a NATS server that speaks no TLS, and keeps what it was sent. */
export class Eavesdropper implements AsyncDisposable {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #heard = '';

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (socket) => this.#greet(socket));
  }

  static async start(): Promise<Eavesdropper> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Eavesdropper(server);
  }

  /** All that it was sent. */
  get heard(): string {
    return this.#heard;
  }

  /** How often somebody has connected to it. */
  visits = 0;

  async [Symbol.asyncDispose](): Promise<void> {
    this.#sockets.forEach((socket) => socket.destroy());
    this.#server.close();
    await once(this.#server, 'close');
  }

  #greet(socket: Socket): void {
    this.visits += 1;
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      this.#heard += data.toString('latin1');
      if (this.#heard.endsWith('PING\r\n')) socket.write('PONG\r\n');
    });
    const info = { server_id: 'X', version: '2.9.10', proto: 1, headers: true, max_payload: 1_048_576 };
    socket.write(`INFO ${JSON.stringify(info)}\r\n`);
  }
}
