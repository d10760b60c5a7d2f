import { connectionChanged, eventReceived } from '../diagnostics/channels.js';
import type { Dispatcher } from '../events/dispatcher.js';
import { AriError } from '../errors/ari-error.js';
import { EventConnection } from '../events/connection.js';
import { DialedSockets } from '../events/dialed-sockets.js';
import type { ReplacedNotice, SlowNotice } from '../contract/notices.js';
import type { SocketOptions } from '../events/socket.js';
import type { SocketPurpose } from '../events/socket-purpose.js';
import { watchStalls } from '../events/stall-watch.js';
import type { ConnectionState, StateChange } from '../contract/connection-state.js';
import { EventReader } from '../events/reader.js';
import type { SocketUser } from '../rest/socket-user.js';
import { Deferred } from '../support/deferred.js';
import type { Registrations } from './registrations.js';
import type { Settings } from './settings.js';
import type { StartOptions } from './start-options.js';
import type { Upkeep } from './upkeep.js';

/** What the feed tells and asks of the rest of the client. */
export interface FeedParts {
  readonly settings: Settings;
  readonly dispatcher: Dispatcher;
  readonly registrations: Registrations;
  readonly upkeep: Upkeep;
  /** Who sends requests over the connection, if anybody does. */
  readonly socketUser: SocketUser | undefined;
}

const eventPurpose: SocketPurpose = {
  name: 'event connection',
  protocol: 'ari',
  operation: 'events.eventWebsocket',
  path: '/events',
};

/** The client's event connection from `start` to `stop`: which applications, what comes in, who is told. */
export class EventFeed {
  readonly #parts: FeedParts;
  readonly #reader: EventReader;
  readonly #apps = new Set<string>();
  #subscribeAll = false;
  #connection: EventConnection | undefined;
  #state: ConnectionState = 'closed';
  /** Aborts when the socket that is open now is gone. */
  #open = new AbortController();
  #resynced: Promise<void> | undefined;
  /** Whoever listens for it is told what was in the applications already. */
  #told: Promise<void> | undefined;
  /** Asterisk is being told, or has been, that the socket that is open now will be closed. */
  #leaving: Promise<void> | undefined;
  #hasEnded = false;
  #closed = new Deferred<Error | undefined>();

  constructor(parts: FeedParts) {
    this.#parts = parts;
    const { dispatcher, socketUser: user } = parts;
    this.#reader = new EventReader(dispatcher, {
      onReplaced: (app) => this.#onReplaced(app),
      onRegistered: (app) => this.registered([app]),
      onUnregistered: (app) => this.#onUnregistered(app),
      user,
    });
  }

  /** Sends a text over the open connection; false if it is not open. */
  send(text: string): boolean {
    return this.#connection?.send(text) ?? false;
  }

  /** Resolves when everything has been heard that Asterisk has sent until now. */
  async readAll(): Promise<void> {
    await this.#connection?.readAll();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Resolves when the connection is over, the present one or the latest; before the first `start`, that one. */
  get closed(): Promise<Error | undefined> {
    return this.#closed.promise;
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
    this.#subscribeAll = subscribeAll;
    if (this.#hasEnded) {
      this.#closed = new Deferred();
    }
    this.#parts.dispatcher.applications = this.#apps;
    const connection = this.#connect();
    const onAbort = (): void => void this.stop(signal?.reason);
    if (signal?.aborted) {
      void connection.close(signal.reason);
    }
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      await connection.open();
      if (subscribeAll || this.#parts.settings.filters) {
        await this.#resynced;
      }
      await this.#told;
      return connection;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  async stop(reason?: unknown): Promise<void> {
    const connection = this.#connection;
    await this.leave();
    await this.#shut(connection, reason);
  }

  /** Tells Asterisk that `close()` is about to follow; undefined if it need not know. Requests must still be possible. */
  leave(): Promise<void> | undefined {
    if (this.#state !== 'open') {
      return undefined;
    }
    this.#leaving ??= this.#parts.upkeep.leaving({ apps: this.#apps, subscribeAll: this.#subscribeAll });
    return this.#leaving;
  }

  /** Asterisk goes on with a connection that it has opened; others than these are not registered any more. */
  resumed(apps: readonly string[]): void {
    if (this.#connection !== undefined) {
      this.#apps.clear();
      this.registered(apps);
    }
  }

  /** Asterisk has registered applications by itself, for a connection that it has opened. */
  registered(apps: readonly string[]): void {
    if (this.#connection !== undefined && this.#parts.settings.acceptance !== undefined) {
      for (const app of apps) {
        this.#apps.add(app);
      }
      this.#parts.settings.acceptance.onApps([...this.#apps]);
      if (this.#state === 'open') {
        this.#parts.registrations.register(apps);
      }
    }
  }

  /** Stops for good. */
  async close(): Promise<void> {
    await this.#shut(this.#connection);
    this.#closed.resolve(undefined);
  }

  async #shut(connection: EventConnection | undefined, reason?: unknown): Promise<void> {
    await this.#parts.socketUser?.closing();
    await connection?.close(reason);
  }

  #connect(): EventConnection {
    const { pingIntervalMs, logger, redact, reconnect, acceptance } = this.#parts.settings;
    const connection = new EventConnection({
      source: acceptance?.source ?? new DialedSockets(() => this.#socketOptions(), reconnect),
      pingIntervalMs,
      isWaiting: () => this.#parts.socketUser?.isWaiting ?? false,
      logger,
      redact,
      onMessage: (frame, isBinary) => this.#onMessage(frame, isBinary),
      onState: (change) => this.#onState(change),
    });
    this.#connection = connection;
    return connection;
  }

  #socketOptions(): SocketOptions {
    const { baseUrl, authorization, timeoutMs, agent, tls, headers, redact } = this.#parts.settings;
    const url = new URL(`${baseUrl.href}/events`);
    url.protocol = baseUrl.protocol === 'https:' ? 'wss:' : 'ws:';
    url.searchParams.set('app', [...this.#apps].join(','));
    if (this.#subscribeAll) {
      url.searchParams.set('subscribeAll', 'true');
    }
    return { purpose: eventPurpose, url, authorization, timeoutMs, agent, tls, headers, redact };
  }

  #onMessage(frame: Buffer, isBinary: boolean): void {
    if (eventReceived.hasSubscribers) {
      eventReceived.publish({ ...this.#parts.settings.source, event: frame.toString() });
    }
    if (isBinary) {
      this.#parts.dispatcher.refuse(frame.toString('latin1', 0, 1_000), 'a binary frame');
    } else if (this.#parts.settings.takeFrame?.(frame) !== true) {
      this.#reader.read(frame);
    }
  }

  #onState(change: StateChange): void {
    const { settings, dispatcher } = this.#parts;
    // Read first: whoever is told of the change may do to it what he likes.
    const { state, previous, error } = change;
    this.#state = state;
    settings.logger.info(`event connection: ${state}`);
    connectionChanged.publish({ ...change, ...settings.source, apps: [...this.#apps] });
    if (previous === 'open') {
      this.#parts.socketUser?.closed(error);
      this.#onLost();
    }
    if (state === 'closed' || state === 'replaced') {
      this.#connection = undefined;
      this.#apps.clear();
      dispatcher.applications = undefined;
      this.#parts.upkeep.detached();
    }
    dispatcher.notify('state', change);
    if (state === 'open') {
      this.#onOpen(previous === 'connecting');
    }
    if (this.#connection === undefined) {
      this.#hasEnded = true;
      this.#closed.resolve(error);
    }
  }

  #onOpen(isFirst: boolean): void {
    const { settings, dispatcher, registrations, upkeep, socketUser } = this.#parts;
    socketUser?.opened((text) => this.send(text), this.#apps);
    const open = new AbortController();
    this.#open = open;
    const stopWatching = watchStalls(settings.slowAfterMs, (blockedMs) => {
      settings.logger.warn(`the event loop was blocked for ${blockedMs} ms`);
      this.#connection?.doubt();
      dispatcher.notify('slow', { cause: 'eventLoop', blockedMs } satisfies SlowNotice);
    });
    open.signal.addEventListener('abort', stopWatching, { once: true });
    registrations.register(this.#apps);
    this.#resynced = upkeep.opened({ apps: this.#apps, subscribeAll: this.#subscribeAll }, open.signal);
    this.#told = isFirst ? upkeep.tellPresent(this.#resynced, () => this.readAll(), open.signal) : undefined;
  }

  #onLost(): void {
    this.#open.abort();
    this.#leaving = undefined;
    this.#parts.upkeep.lost(this.#connection?.lostAt ?? Date.now());
    this.#parts.registrations.deregister();
  }

  /** A connection that Asterisk has opened goes on without the application, which may come back with a later one. */
  #onUnregistered(app: string): void {
    const { acceptance } = this.#parts.settings;
    if (acceptance === undefined) {
      return;
    }
    this.#apps.delete(app);
    acceptance.onApps([...this.#apps]);
    this.#parts.registrations.deregister([app]);
  }

  /**
   * A connection that Asterisk has opened: it says the same when it has read its configuration anew, and keeps the
   * application where it was. Either way it goes on answering here.
   */
  #onReplacedByReload(app: string): void {
    this.#parts.settings.logger.info(`the application ${app} was registered anew, here or by another connection`);
    const remaining = [...this.#apps].filter((other) => other !== app);
    this.#parts.dispatcher.notify('replaced', { app, remaining, takingBack: false } satisfies ReplacedNotice);
  }

  /** Another connection has taken an application over. Taking it back would make two clients fight for it. */
  #onReplaced(app: string): void {
    const { settings, dispatcher, registrations, upkeep } = this.#parts;
    if (settings.acceptance !== undefined) {
      this.#onReplacedByReload(app);
      return;
    }
    const error = new AriError(`another connection has taken over the application ${app}`);
    settings.logger.warn(error.message);
    this.#parts.socketUser?.replaced(app);
    if (!settings.takesBack) {
      this.#apps.delete(app);
      upkeep.replaced(app);
    }
    registrations.deregister([app]);
    const remaining = [...this.#apps].filter((other) => other !== app);
    dispatcher.notify('replaced', { app, remaining, takingBack: settings.takesBack } satisfies ReplacedNotice);
    if (settings.takesBack) {
      this.#connection?.renew(error);
    } else if (this.#apps.size === 0) {
      void this.#connection?.close(error, 'replaced');
    }
  }
}
