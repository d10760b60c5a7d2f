import { connect, createServer, type AddressInfo, type Server } from 'node:net';

/** Stands before an Asterisk, passes everything on, and keeps the head of each request that is the first of a connection. */
export class Gateway implements AsyncDisposable {
  readonly heads: string[] = [];
  /** Media are refused, with all that was sent in the answer. */
  refuses = false;
  readonly #server: Server;

  private constructor(target: URL) {
    this.#server = createServer((socket) => {
      const server = connect(Number(target.port), target.hostname);
      const gone = (): void => {
        socket.destroy();
        server.destroy();
      };
      for (const end of [socket, server]) {
        end.on('error', gone).on('close', gone);
      }
      socket.once('data', (bytes: Buffer) => {
        const head = bytes.toString('latin1');
        this.heads.push(head);
        if (this.refuses && head.startsWith('GET /media/')) {
          const answer = `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: ${head.length}\r\n\r\n`;
          socket.end(answer + head);
          return;
        }
        server.write(bytes);
        socket.pipe(server);
      });
      server.pipe(socket);
    });
  }

  static async start(url: string): Promise<Gateway> {
    const gateway = new Gateway(new URL(url));
    await new Promise<void>((resolve) => gateway.#server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
