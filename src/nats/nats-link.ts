import type { Msg, MsgHdrs, NatsConnection, Subscription, SubscriptionOptions } from '@nats-io/transport-node';

type NatsLibrary = typeof import('@nats-io/transport-node');

/** Headers of a message, by name. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** Called for each message; what it throws is its own business. */
export type OnMessage = (message: Msg) => void;

/** Why a request has no answer. */
export type Unanswered = 'nobody' | 'timeout' | 'unconnected' | 'disconnected';

/** The connection to NATS as relays and fleets use it. */
export class NatsLink {
  readonly connection: NatsConnection;
  readonly #library: NatsLibrary;
  readonly #isOwn: boolean;
  readonly #watchers = new Set<(isConnected: boolean) => void>();
  #isConnected = true;

  /** @param isOwn whether it is closed with what uses it */
  constructor(connection: NatsConnection, library: NatsLibrary, isOwn: boolean) {
    this.connection = connection;
    this.#library = library;
    this.#isOwn = isOwn;
    void this.#watch();
  }

  /** Whether a server is at the other end just now. */
  get isConnected(): boolean {
    return this.#isConnected && !this.connection.isClosed();
  }

  /** Longest message that the server takes, in bytes. */
  get maxPayload(): number {
    return this.connection.info?.max_payload ?? 1_048_576;
  }

  /** Tells whenever the connection is lost and when it is back. Returns what ends that. */
  onChange(watcher: (isConnected: boolean) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  subscribe(subject: string, onMessage: OnMessage, options: SubscriptionOptions = {}): Subscription {
    return this.connection.subscribe(subject, {
      ...options,
      callback: (error, message) => {
        if (error === null) {
          onMessage(message);
        }
      },
    });
  }

  /** Sends a message; false if it is too long for the server, or there is no connection any more. */
  publish(subject: string, payload: string | Uint8Array, headers?: Headers): boolean {
    if (this.connection.isClosed() || sizeOf(payload) > this.maxPayload) {
      return false;
    }
    this.connection.publish(subject, payload, headers && { headers: this.#headers(headers) });
    return true;
  }

  /** Answers a message; false if that is not possible. */
  respond(message: Msg, payload: string | Uint8Array): boolean {
    return !this.connection.isClosed() && sizeOf(payload) <= this.maxPayload && message.respond(payload);
  }

  /** Asks, and resolves with the first answer or with why there is none. */
  async ask(
    subject: string,
    payload: string | Uint8Array,
    timeoutMs: number,
    headers?: Headers,
  ): Promise<Msg | Unanswered> {
    if (!this.isConnected) {
      return 'unconnected';
    }
    try {
      const options = { timeout: timeoutMs, ...(headers && { headers: this.#headers(headers) }) };
      return await this.connection.request(subject, payload, options);
    } catch (error) {
      return this.#reason(error);
    }
  }

  /** Asks, and collects all answers that come in time. */
  async askAll(subject: string, payload: string, timeoutMs: number): Promise<Msg[]> {
    const answers: Msg[] = [];
    try {
      const options = { strategy: 'timer', maxWait: timeoutMs } as const;
      for await (const answer of await this.connection.requestMany(subject, payload, options)) {
        answers.push(answer);
      }
    } catch {
      // Nobody is there to answer, or the connection is gone: what has come is all there is.
    }
    return answers;
  }

  /** Resolves when the server knows of every subscription made so far, or there is no server just now. */
  async settled(): Promise<void> {
    if (this.isConnected) {
      await this.connection.flush().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.#watchers.clear();
    if (this.#isOwn && !this.connection.isClosed()) {
      // Draining hands out what has been sent to us; a server that is gone is not waited for.
      await (this.#isConnected ? this.connection.drain() : this.connection.close()).catch(() => undefined);
    }
  }

  #headers(values: Headers): MsgHdrs {
    const headers = this.#library.headers();
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined) {
        headers.set(name, value);
      }
    }
    return headers;
  }

  #reason(error: unknown): Unanswered {
    const { RequestError, TimeoutError } = this.#library.errors;
    if (error instanceof RequestError && error.isNoResponders()) {
      return 'nobody';
    }
    return error instanceof TimeoutError || (error as Error).cause instanceof TimeoutError ? 'timeout' : 'disconnected';
  }

  async #watch(): Promise<void> {
    for await (const { type } of this.connection.status()) {
      if (type === 'disconnect' || type === 'close' || type === 'staleConnection') {
        this.#tell(false);
      } else if (type === 'reconnect') {
        this.#tell(true);
      }
    }
    this.#tell(false);
  }

  #tell(isConnected: boolean): void {
    if (isConnected !== this.#isConnected) {
      this.#isConnected = isConnected;
      for (const watcher of this.#watchers) {
        watcher(isConnected);
      }
    }
  }
}

function sizeOf(payload: string | Uint8Array): number {
  return typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length;
}
