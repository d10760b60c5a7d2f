import { once } from 'node:events';
import { WebSocket } from 'ws';
import { startAsterisk, type TestAsterisk, type TestAsteriskOptions } from '../../src/testing/index.js';

/** An event as it came over the wire. */
export interface WireEvent {
  readonly type: string;
  readonly application: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into events of every kind
  readonly [field: string]: any;
}

/** An answer as it came over the wire; the body parsed if it is JSON. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every kind
  readonly body: any;
}

/** An application at the other end of an event socket. */
export class WireApp {
  readonly socket: WebSocket;
  readonly events: WireEvent[] = [];
  readonly #waiters = new Set<() => void>();

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      this.events.push(JSON.parse(data.toString('utf8')) as WireEvent);
      for (const check of this.#waiters) check();
    });
  }

  get types(): string[] {
    return this.events.map(({ type }) => type);
  }

  /** The first event of a type that passes, past or to come. */
  async waitFor(type: string, where: (event: WireEvent) => boolean = () => true): Promise<WireEvent> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(check);
        reject(new Error(`No ${type} came; there were ${this.types.join(', ') || 'no events'}`));
      }, 3000);
      const check = (): void => {
        const found = this.events.find((event) => event.type === type && where(event));
        if (!found) return;
        clearTimeout(timer);
        this.#waiters.delete(check);
        resolve(found);
      };
      this.#waiters.add(check);
      check();
    });
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Closes the socket and waits until it is. */
  async close(): Promise<void> {
    const closed = once(this.socket, 'close');
    this.socket.close();
    await closed;
  }
}

/** A double and the raw means to talk to it. */
export class Bench {
  readonly asterisk: TestAsterisk;

  constructor(asterisk: TestAsterisk) {
    this.asterisk = asterisk;
  }

  static async start(options?: TestAsteriskOptions): Promise<Bench> {
    return new Bench(await startAsterisk(options));
  }

  get authorization(): string {
    return basic(this.asterisk.username, this.asterisk.password);
  }

  /** Sends a request as the user who may do everything. */
  async rest(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<WireAnswer> {
    const response = await fetch(`${this.asterisk.url}/ari${path}`, {
      method,
      headers: {
        Authorization: this.authorization,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parse(text) };
  }

  /** Connects an application. */
  async app(name: string, query = ''): Promise<WireApp> {
    const url = `${this.asterisk.url.replace('http', 'ws')}/ari/events?app=${name}${query}`;
    const socket = new WebSocket(url, 'ari', { headers: { Authorization: this.authorization } });
    const app = new WireApp(socket);
    await once(socket, 'open');
    return app;
  }

  /** A Local channel in an application, with its other half at an extension. */
  async inStasis(app: WireApp, name: string, id: string, extension = 'wait'): Promise<void> {
    const query = `endpoint=Local/${extension}@default&app=${name}&channelId=${id}&otherChannelId=${id}-far`;
    await this.rest('POST', `/channels?${query}`);
    await app.waitFor('StasisStart', (event) => event['channel'].id === id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.asterisk.close();
  }
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
