import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Something that calls itself Asterisk and says whatever a test puts into its mouth, down to single frames. */
export class RawAsterisk implements AsyncDisposable {
  readonly #http: Server;
  readonly #webSockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => this.subprotocol ?? [...offered][0] ?? false,
  });
  readonly #wires = new Set<Socket>();
  #url = '';
  /** Event sockets that are open, the latest last. */
  readonly sockets: WebSocket[] = [];
  /** Requests over HTTP, as `GET /ari/asterisk/info`. */
  readonly requests: string[] = [];
  /** Of the latest request or upgrade. */
  lastHeaders: IncomingMessage['headers'] = {};
  /** What answers requests over HTTP; the probe of `connect` unless told otherwise. */
  answer: Answer = (_, response) => json(response, 200, { system: { version: '22.10.1' } });
  /** The subprotocol of event sockets, false for none; the one that is offered unless told otherwise. */
  subprotocol: string | false | undefined;
  /** Takes what comes over event sockets. */
  received: (message: string, socket: WebSocket) => void = () => undefined;
  /** What answers an upgrade in its place, such as with a status. */
  refusal: ((request: IncomingMessage, socket: Socket) => void) | undefined;

  private constructor() {
    this.#http = createServer((request, response) => {
      this.#note(request.method ?? '', request);
      request.resume().on('end', () => this.answer(request, response));
    });
    this.#http.on('connection', (wire: Socket) => {
      this.#wires.add(wire.on('error', () => undefined).on('close', () => this.#wires.delete(wire)));
    });
    this.#http.on('upgrade', (request, wire: Socket, head) => {
      this.#note('UPGRADE', request);
      if (this.refusal !== undefined) {
        this.refusal(request, wire);
        return;
      }
      this.#webSockets.handleUpgrade(request, wire, head, (socket) => {
        this.sockets.push(socket);
        socket.on('message', (data: Buffer) => this.received(data.toString(), socket));
        socket.on('error', () => undefined);
        socket.on('close', () => this.sockets.splice(this.sockets.indexOf(socket), 1));
      });
    });
  }

  static async start(): Promise<RawAsterisk> {
    const asterisk = new RawAsterisk();
    await new Promise<void>((resolve) => asterisk.#http.listen(0, '127.0.0.1', resolve));
    asterisk.#url = `http://127.0.0.1:${(asterisk.#http.address() as AddressInfo).port}/`;
    return asterisk;
  }

  get url(): string {
    return this.#url;
  }

  get socket(): WebSocket {
    return this.sockets.at(-1) as WebSocket;
  }

  /** Sends events over the latest event socket. */
  send(...events: readonly unknown[]): void {
    for (const event of events) {
      this.socket.send(typeof event === 'string' || Buffer.isBuffer(event) ? event : JSON.stringify(event));
    }
  }

  /** Writes bytes below the latest event socket, frames or not. */
  write(bytes: Buffer): void {
    (this.socket as unknown as { _socket: Socket })._socket.write(bytes);
  }

  #note(what: string, { url, headers }: IncomingMessage): void {
    this.requests.push(`${what} ${url}`);
    this.lastHeaders = headers;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#wires.forEach((wire) => wire.destroy());
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
  }
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** A page as Asterisk's HTTP server sends it, before ARI is loaded and where there is none. */
export function missingPage(response: ServerResponse): void {
  const words = '<h1>Not Found</h1>\r\n<p>The requested URL was not found on this server.</p>';
  response
    .writeHead(404, { 'content-type': 'text/html' })
    .end(`<html><body>\r\n${words}\r\n<hr />\r\n<address>Asterisk/22.10.1</address>\r\n</body></html>\r\n`);
}

/** A page as proxies send it. */
export function page(response: ServerResponse, status: number, words: string): void {
  response
    .writeHead(status, { 'content-type': 'text/html' })
    .end(`<html><head><title>${status} ${words}</title></head><body><h1>${words}</h1></body></html>`);
}

/** Refuses upgrades with a status. */
export function refuseWith(
  status: number,
  body = '{"message":"no"}',
  type = 'application/json',
): RawAsterisk['refusal'] {
  return (_, socket) => {
    const head = `HTTP/1.1 ${status} No\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
    socket.end(`${head}Connection: close\r\n\r\n${body}`);
  };
}
