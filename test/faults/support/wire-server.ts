import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * What a server writes, and what else it does to the connection.
 * @param count the how-manieth request on it, from 1
 * @param line method and path of the request
 */
type Script = (socket: Socket, count: number, line: string) => void;

/** A server of bytes: says whatever a test wants when the head of a request has come, well-formed or not. */
export class WireServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #script: Script = () => undefined;
  /** Request lines, as they came. */
  readonly requests: string[] = [];
  /** Connections so far. */
  accepted = 0;

  private constructor() {
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.accepted += 1;
      this.#sockets.add(socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket)));
      let text = '';
      let count = 0;
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
        for (const [head] of text.matchAll(/[A-Z]+ \S+ HTTP\/1\.1\r\n.*?\r\n\r\n/gs)) {
          count += 1;
          const line = head.slice(0, head.indexOf(' HTTP'));
          this.requests.push(line);
          text = '';
          this.#script(socket, count, line);
        }
      });
    });
  }

  static async start(): Promise<WireServer> {
    const server = new WireServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Connections that are open. */
  get sockets(): readonly Socket[] {
    return [...this.#sockets];
  }

  /** What is done for every request from now on. */
  answerWith(script: Script | string): void {
    this.#script = typeof script === 'string' ? (socket) => socket.write(script) : script;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#sockets.forEach((socket) => socket.destroy());
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
