import { once } from 'node:events';
import { request as plainRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { request as secureRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** Whoever connects to the explorer: a browser that was let in, or not, or something else that says what it likes. */
export class Visitor {
  readonly base: URL;
  cookie: string | undefined;

  constructor(address: string) {
    this.base = new URL(address);
  }

  /** One who has brought the token. */
  static async letIn(address: string): Promise<Visitor> {
    const visitor = new Visitor(address);
    const { headers } = await visitor.ask(`/${visitor.base.search}`);
    visitor.cookie = headers['set-cookie']?.[0]?.split(';')[0];
    return visitor;
  }

  get origin(): string {
    return this.base.origin;
  }

  async ask(path: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<Answer> {
    const send = this.base.protocol === 'https:' ? secureRequest : plainRequest;
    const request = send(new URL(path, this.base), {
      method,
      headers: { ...(this.cookie && { cookie: this.cookie }), ...headers },
      rejectUnauthorized: false,
      agent: false,
    });
    request.on('error', () => undefined);
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
  }

  /** What the page sends. */
  post(path: string, value: unknown, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    const body = typeof value === 'string' ? value : JSON.stringify(value);
    const own = { 'content-type': 'application/json', origin: this.origin };
    return this.ask(path, { method: 'POST', headers: { ...own, ...headers }, body });
  }

  /** Opens the page's WebSocket; resolves with its status where that is refused. */
  async live(
    query = '',
    headers: OutgoingHttpHeaders = {},
    onMessage: (text: string) => void = () => undefined,
  ): Promise<WebSocket | number> {
    const socket = new WebSocket(`${this.origin.replace('http', 'ws')}/live${query}`, {
      headers: { origin: this.origin, ...(this.cookie && { cookie: this.cookie }), ...headers },
      rejectUnauthorized: false,
    });
    socket.on('message', (data: Buffer) => onMessage(data.toString()));
    return new Promise((resolve, reject) => {
      socket.on('unexpected-response', (request, response) => {
        request.destroy();
        resolve(response.statusCode ?? 0);
      });
      socket.on('open', () => resolve(socket));
      socket.on('error', reject);
    });
  }
}
