import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** A request as it came over the event socket. */
export interface SocketRequest {
  readonly type: string;
  readonly request_id: string;
  readonly method: string;
  readonly uri: string;
  readonly content_type?: string;
  readonly message_body?: string;
}

/** An answer, or nothing for a request that gets none. */
export type SocketAnswer = { readonly status: number; readonly body?: unknown; readonly reason?: string } | undefined;

/** An Asterisk that answers requests over HTTP and over event sockets as a test wants it, and keeps what it was asked. */
export class AnsweringAsterisk implements AsyncDisposable {
  readonly #http: Server;
  readonly #wires = new Set<Socket>();
  /** Over the event socket, without the pings by which a client finds out whether it is answered. */
  readonly overSocket: SocketRequest[] = [];
  /** Over HTTP, as `GET /ari/asterisk/info`, without the probe of `connect`. */
  readonly overHttp: string[] = [];
  readonly httpBodies: string[] = [];
  httpAnswer: unknown = {};
  httpStatus = 200;
  /** Called before a request over HTTP is answered. */
  onHttp: (line: string) => void = () => undefined;
  /** The latest event socket. */
  socket: WebSocket | undefined;
  /** How many pings came. */
  checks = 0;
  answersChecks = true;
  /** Whether pings of the event socket are answered. */
  answersPings = true;
  answer: (request: SocketRequest) => SocketAnswer = () => ({ status: 204 });

  constructor(release: string) {
    const webSockets = new WebSocketServer({ noServer: true, autoPong: false });
    this.#http = createServer((request, response) => {
      const isProbe = request.url?.startsWith('/ari/asterisk/info?') ?? false;
      const line = `${request.method} ${request.url}`;
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        if (!isProbe) {
          this.overHttp.push(line);
          this.httpBodies.push(body);
          this.onHttp(line);
          response.statusCode = this.httpStatus;
        }
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(isProbe ? { system: { version: release } } : this.httpAnswer));
      });
    });
    this.#http.on('connection', (wire: Socket) => this.#wires.add(wire.on('error', () => undefined)));
    this.#http.on('upgrade', (request, wire: Socket, head) => {
      webSockets.handleUpgrade(request, wire, head, (socket) => {
        this.socket = socket;
        socket.on('error', () => undefined);
        socket.on('ping', (data) => this.answersPings && socket.pong(data));
        socket.on('message', (data: Buffer) => this.#receive(JSON.parse(data.toString()) as SocketRequest));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/`;
  }

  /** Sends an event. */
  send(event: object): void {
    this.socket?.send(JSON.stringify(event));
  }

  /** Answers a request of the event socket. */
  respond({ request_id, uri }: SocketRequest, { status, body, reason = 'Words' }: NonNullable<SocketAnswer>): void {
    this.send({
      type: 'RESTResponse',
      transaction_id: '',
      request_id,
      status_code: status,
      reason_phrase: reason,
      uri,
      ...(body !== undefined && { content_type: 'application/json', message_body: JSON.stringify(body) }),
      application: 'hello',
      timestamp: '2026-11-23T01:23:45.678+0000',
    });
  }

  #receive(request: SocketRequest): void {
    const isCheck = request.uri === 'asterisk/ping';
    if (isCheck) {
      this.checks += 1;
    } else {
      this.overSocket.push(request);
    }
    const answer = isCheck ? (this.answersChecks ? { status: 200, body: {} } : undefined) : this.answer(request);
    if (answer !== undefined) {
      this.respond(request, answer);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#wires.forEach((wire) => wire.destroy());
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
  }
}
