import { connect, type AddressInfo } from 'node:net';
import { createServer, type Server, type TlsOptions } from 'node:tls';

/** TLS before an Asterisk that speaks plain HTTP, as a reverse proxy or `http.conf` would do it. */
export class TlsFront implements AsyncDisposable {
  readonly #server: Server;
  /** Server names that clients asked for. */
  readonly names: (string | false | null)[] = [];
  /** Common names of the certificates that clients showed. */
  readonly peers: (string | undefined)[] = [];

  private constructor(target: URL, options: TlsOptions) {
    this.#server = createServer(options, (socket) => {
      this.names.push(socket.servername);
      const { CN } = socket.getPeerCertificate().subject ?? {};
      this.peers.push(typeof CN === 'string' ? CN : undefined);
      const server = connect(Number(target.port), target.hostname);
      const gone = (): void => {
        socket.destroy();
        server.destroy();
      };
      for (const end of [socket, server]) {
        end.on('error', gone).on('close', gone);
      }
      socket.pipe(server).pipe(socket);
    });
  }

  static async start(url: string, options: TlsOptions): Promise<TlsFront> {
    const front = new TlsFront(new URL(url), options);
    await new Promise<void>((resolve) => front.#server.listen(0, '127.0.0.1', resolve));
    return front;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}/`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
