import type { EventSocket } from '../events/socket.js';
import { Deferred } from '../support/deferred.js';
import type { ConnectionListener, OutboundConnection } from './connection.js';
import type { OutboundSettings } from './options.js';
import { Session, type Arrival } from './session.js';

/** The connections that there are, each under the applications that it is for. */
export class Sessions<C extends object> {
  readonly #settings: OutboundSettings<C>;
  readonly #listener: ConnectionListener<C>;
  readonly #all = new Set<Session<C>>();
  readonly #byKey = new Map<string, Session<C>>();
  /** Resolved whenever a call or a connection has ended. */
  #change = new Deferred<void>();
  #isClosed = false;

  constructor(settings: OutboundSettings<C>, listener: ConnectionListener<C>) {
    this.#settings = settings;
    this.#listener = listener;
  }

  get connections(): OutboundConnection<C>[] {
    return [...this.#all].map(({ connection }) => connection);
  }

  /** Gives a socket to the connection that it goes on with, or to a new one. */
  async admit(socket: EventSocket, arrival: Arrival): Promise<void> {
    const previous = this.#find(arrival);
    const isNew = previous === undefined || (await previous.isHeld()) || previous.isOver;
    if (this.#isClosed) {
      socket.socket.terminate();
    } else if (isNew) {
      await this.#begin(socket, arrival);
    } else {
      previous.resume(socket, arrival);
      this.#enter(previous, arrival);
    }
  }

  /** Resolves when no call is left, or the signal aborts. */
  async idle(signal: AbortSignal): Promise<void> {
    const aborted = new Deferred<void>();
    const end = (): void => aborted.resolve();
    signal.addEventListener('abort', end, { once: true });
    while (!signal.aborted && [...this.#all].some(({ isIdle }) => !isIdle)) {
      await Promise.race([this.#change.promise, aborted.promise]);
    }
    signal.removeEventListener('abort', end);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.connections.map((connection) => connection.close()));
  }

  async #begin(socket: EventSocket, arrival: Arrival): Promise<void> {
    const { logger } = this.#settings;
    const session = new Session(this.#settings, arrival, () => this.#changed());
    const { connection } = session;
    this.#all.add(session);
    this.#enter(session, arrival);
    void connection.closed.then((error) => {
      logger.info(`the ${connection.kind} connection for ${connection.apps.join(', ')} is over${because(error)}`);
      this.#leave(session);
    });
    this.#tell(connection);
    await session.open(socket, arrival);
  }

  /** Listeners are added before the first event is read, as far as the callback does that at once. */
  #tell(connection: OutboundConnection<C>): void {
    const { logger } = this.#settings;
    const failed = (error: unknown): void => logger.error(`the listener for connections has failed: ${String(error)}`);
    try {
      Promise.resolve(this.#listener(connection)).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  #find(arrival: Arrival): Session<C> | undefined {
    return keysOf(arrival)
      .map((key) => this.#byKey.get(key))
      .find((session) => session !== undefined);
  }

  #enter(session: Session<C>, arrival: Arrival): void {
    for (const key of keysOf(arrival)) {
      this.#byKey.set(key, session);
    }
  }

  #leave(session: Session<C>): void {
    this.#all.delete(session);
    // Those included that it came back without.
    for (const [key, other] of this.#byKey) {
      if (other === session) {
        this.#byKey.delete(key);
      }
    }
    this.#changed();
  }

  #changed(): void {
    this.#change.resolve();
    this.#change = new Deferred();
  }
}

function keysOf({ greeting, requestUrl }: Arrival): string[] {
  return greeting.apps.map((app) => keyOf(greeting.asteriskId, requestUrl, app));
}

function keyOf(asteriskId: string, requestUrl: string, app: string): string {
  return JSON.stringify([asteriskId, requestUrl, app]);
}

function because(error: Error | undefined): string {
  return error === undefined ? '' : `: ${error.message}`;
}
