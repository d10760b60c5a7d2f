import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** One connection through the proxy: the client's end and the server's. */
interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/** A TCP proxy between a client and an Asterisk, double or real, in which everything that can break does so on demand. */
export class FaultProxy implements AsyncDisposable {
  readonly #target: URL;
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #port = 0;
  #frozen = false;
  #delayMs = 0;
  #bytesLeft = Infinity;
  #pieceBytes = Infinity;
  /** Connections that were accepted so far. */
  accepted = 0;

  private constructor(target: URL) {
    this.#target = target;
    this.#server = createServer({ noDelay: true }, (client) => this.#accept(client));
  }

  static async start(url: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(new URL(url));
    await proxy.accept();
    return proxy;
  }

  get url(): string {
    const { protocol, pathname } = this.#target;
    return `${protocol}//127.0.0.1:${this.#port}${pathname}`;
  }

  get connections(): number {
    return this.#pairs.size;
  }

  /** Listens, at the same port as before. */
  async accept(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Does not listen any more; connections stay. */
  refuse(): void {
    this.#server.close();
  }

  /** Ends every connection. `reset`: rudely, as by a crash. */
  cut(how: 'end' | 'reset' = 'reset'): void {
    for (const { client, server } of this.#pairs) {
      if (how === 'reset') {
        client.resetAndDestroy();
      } else {
        client.destroy();
      }
      server.destroy();
    }
  }

  /** Half-open: connections stay, and new ones are accepted, but not one byte gets through any more. */
  freeze(): void {
    this.#frozen = true;
    for (const { client, server } of this.#pairs) {
      client.pause();
      server.pause();
    }
  }

  thaw(): void {
    this.#frozen = false;
    for (const { client, server } of this.#pairs) {
      client.resume();
      server.resume();
    }
  }

  /** Every piece arrives so much later, in both directions. */
  delay(ms: number): void {
    this.#delayMs = ms;
  }

  /** Bytes come in pieces of that size at most, each for itself. */
  slice(bytes: number): void {
    this.#pieceBytes = bytes;
  }

  /** After so many more bytes towards the client, its connection is reset: in the middle of an answer. */
  cutAnswerAfter(bytes: number): void {
    this.#bytesLeft = bytes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #accept(client: Socket): void {
    this.accepted += 1;
    const server = connect({ host: this.#target.hostname, port: Number(this.#target.port), noDelay: true });
    const pair: Pair = { client, server };
    this.#pairs.add(pair);
    this.#join(client, server, (chunk) => server.write(chunk));
    this.#join(server, client, (chunk) => this.#answer(client, chunk));
    const gone = (): void => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    client.on('close', gone);
    server.on('close', gone);
    if (this.#frozen) {
      client.pause();
      server.pause();
    }
  }

  #join(from: Socket, to: Socket, write: (chunk: Buffer) => void): void {
    from.on('data', (chunk) => {
      for (const piece of this.#pieces(chunk)) {
        this.#later(() => !to.destroyed && write(piece));
      }
    });
    from.on('end', () => this.#later(() => !to.destroyed && to.end()));
    from.on('error', () => undefined);
  }

  #answer(client: Socket, chunk: Buffer): void {
    if (chunk.length < this.#bytesLeft) {
      this.#bytesLeft -= chunk.length;
      client.write(chunk);
      return;
    }
    const last = chunk.subarray(0, this.#bytesLeft);
    this.#bytesLeft = Infinity;
    client.write(last, () => client.resetAndDestroy());
  }

  #pieces(chunk: Buffer): Buffer[] {
    const count = Math.ceil(chunk.length / this.#pieceBytes) || 1;
    const size = Math.min(this.#pieceBytes, chunk.length);
    return Array.from({ length: count }, (_, index) => chunk.subarray(index * size, (index + 1) * size));
  }

  #later(action: () => void): void {
    if (this.#delayMs === 0) {
      action();
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, this.#delayMs);
    this.#timers.add(timer);
  }
}
