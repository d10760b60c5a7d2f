import type { Dispatcher } from '../events/dispatcher.js';
import { AriError } from '../errors/ari-error.js';
import { EventConnection } from '../events/connection.js';
import type { SocketOptions } from '../events/socket.js';
import type { ConnectionState, StateChange } from '../events/state.js';
import { EventReader } from '../events/reader.js';
import type { Registrations } from './registrations.js';
import type { Settings } from './settings.js';

/** Options of `start`. */
export interface StartOptions {
  /** Receive the events of everything in Asterisk, not only of what is in the applications. @default false */
  readonly subscribeAll?: boolean | undefined;
  /** Gives the opening up; of `run`, ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** The client's event connection from `start` to `stop`: which applications, what comes in, who is told. */
export class EventFeed {
  readonly #settings: Settings;
  readonly #dispatcher: Dispatcher;
  readonly #registrations: Registrations;
  readonly #reader: EventReader;
  readonly #apps = new Set<string>();
  #connection: EventConnection | undefined;

  constructor(settings: Settings, dispatcher: Dispatcher, registrations: Registrations) {
    this.#settings = settings;
    this.#dispatcher = dispatcher;
    this.#registrations = registrations;
    this.#reader = new EventReader(dispatcher, { onReplaced: (app) => this.#onReplaced(app) });
  }

  /** Sends a text over the open connection; false if it is not open. */
  send(text: string): boolean {
    return this.#connection?.send(text) ?? false;
  }

  get state(): ConnectionState {
    return this.#connection?.state ?? 'closed';
  }

  /** Opens the connection; the one it returns tells when it is over. */
  async start(apps: readonly string[], { subscribeAll = false, signal }: StartOptions): Promise<EventConnection> {
    if (this.#connection !== undefined) {
      throw new AriError(
        `already started for ${[...this.#apps].join(', ')}: stop() first, or name all applications in one start()`,
      );
    }
    for (const app of apps) {
      this.#apps.add(app);
    }
    const connection = this.#connect(subscribeAll);
    const onAbort = (): void => void connection.close(signal?.reason);
    if (signal?.aborted) {
      onAbort();
    }
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      await connection.open();
      return connection;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  async stop(): Promise<void> {
    await this.#connection?.close();
  }

  #connect(subscribeAll: boolean): EventConnection {
    const { reconnect, pingIntervalMs, logger } = this.#settings;
    const connection = new EventConnection({
      socket: () => this.#socketOptions(subscribeAll),
      reconnect,
      pingIntervalMs,
      logger,
      onMessage: (frame) => this.#reader.read(frame),
      onState: (change) => this.#onState(change),
    });
    this.#connection = connection;
    return connection;
  }

  #socketOptions(subscribeAll: boolean): SocketOptions {
    const { baseUrl, authorization, timeoutMs, agent, tls } = this.#settings;
    const url = new URL(`${baseUrl.href}/events`);
    url.protocol = baseUrl.protocol === 'https:' ? 'wss:' : 'ws:';
    url.searchParams.set('app', [...this.#apps].join(','));
    if (subscribeAll) {
      url.searchParams.set('subscribeAll', 'true');
    }
    return { url, authorization, timeoutMs, agent, tls };
  }

  #onState(change: StateChange): void {
    this.#settings.logger.info(`event connection: ${change.state}`);
    if (change.state === 'closed') {
      this.#connection = undefined;
      this.#apps.clear();
    }
    this.#dispatcher.notify('state', change);
    if (change.state === 'open') {
      this.#registrations.register(this.#apps);
    } else if (change.previous === 'open') {
      this.#registrations.deregister();
    }
  }

  /** Another connection has taken an application over. Taking it back would make two clients fight for it. */
  #onReplaced(app: string): void {
    this.#settings.logger.warn(`another connection has taken over the application ${app}`);
    this.#apps.delete(app);
    this.#registrations.deregister([app]);
    if (this.#apps.size === 0) {
      void this.stop();
    }
  }
}
