import type { EventSocket } from '../events/socket.js';
import { Change } from '../support/change.js';
import { errorText } from '../support/error-text.js';
import { silentLogger, type Logger } from '../support/logger.js';
import type { ConnectionListener, OutboundConnection } from './connection.js';
import type { OutboundSettings } from './options.js';
import { Session, type Arrival, type Asking } from './session.js';
import { SessionsByApp } from './sessions-by-app.js';

/** A socket has its place; the connection may still be on its way. */
interface Placed {
  readonly opened: Promise<void> | undefined;
}

/** Tells a client to come again later. */
const tryAgainLater = 1013;

/** The connections that there are, each under the applications that it is for. */
export class Sessions<C extends object> {
  readonly #settings: OutboundSettings<C>;
  readonly #listener: ConnectionListener<C>;
  readonly #logger: Logger;
  readonly #all = new SessionsByApp<C>();
  /** The latest socket for some applications that is looking for its place. */
  readonly #placing = new Map<string, Promise<unknown>>();
  /** A call or a connection has ended. */
  readonly #change = new Change();
  #isClosed = false;

  constructor(settings: OutboundSettings<C>, listener: ConnectionListener<C>) {
    this.#settings = settings;
    this.#listener = listener;
    this.#logger = settings.logger;
  }

  get connections(): OutboundConnection<C>[] {
    return Array.from(this.#all, ({ connection }) => connection);
  }

  /** Whether a socket that is asked for may be one with which a connection goes on. */
  mayGoOn(asking: Asking): boolean {
    return [...this.#all].some((session) => session.mayGoOn(asking));
  }

  /** Gives a socket to the connection that it goes on with, or to a new one, if there is room for it. */
  async admit(socket: EventSocket, arrival: Arrival): Promise<Placed> {
    const key = JSON.stringify([arrival.greeting.asteriskId, arrival.greeting.apps[0]]);
    // One after another for the same application: whose a socket is depends on which connections have one.
    const placed = this.#after(this.#placing.get(key), socket, arrival);
    const settled = placed.catch(() => undefined);
    this.#placing.set(key, settled);
    try {
      return await placed;
    } finally {
      if (this.#placing.get(key) === settled) {
        this.#placing.delete(key);
      }
    }
  }

  /** Resolves when no call is left, and what listeners still do for those that were there is done. */
  async idle(): Promise<void> {
    while ([...this.#all].some(({ isIdle }) => !isIdle)) {
      await this.#change.next;
    }
    await Promise.all([...this.#all].map((session) => session.idle()));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.connections.map((connection) => connection.close()));
  }

  async #after(previous: Promise<unknown> | undefined, socket: EventSocket, arrival: Arrival): Promise<Placed> {
    await previous;
    const session = await this.#find(arrival);
    if (this.#isClosed) {
      socket.socket.terminate();
    } else if (session !== undefined) {
      session.resume(socket, arrival);
      this.#all.add(session, arrival);
    } else if (this.#isFull) {
      this.#logger.warn(`a connection from ${arrival.remoteAddress} was closed: there is no room (maxConnections)`);
      socket.socket.resume();
      socket.socket.close(tryAgainLater, 'there is no room for another connection');
    } else {
      return { opened: this.#begin(socket, arrival) };
    }
    return { opened: undefined };
  }

  get #isFull(): boolean {
    return [...this.#all].filter(({ isOver }) => !isOver).length >= this.#settings.maxConnections;
  }

  /** The connection that a socket goes on with; none if it is a new one's, or nobody can tell. */
  async #find(arrival: Arrival): Promise<Session<C> | undefined> {
    const there = this.#all.for(arrival);
    const own = there.filter((session) => session.isOfSameRun(arrival));
    const next: Session<C>[] = [];
    let areSeveral = false;
    for (const session of own.length > 0 ? own : there) {
      const relation = await session.relationTo(arrival);
      if (session.isOver) {
        continue;
      }
      if (relation === 'inItsPlace') {
        session.giveWay();
      } else if (relation === 'next') {
        next.push(session);
      }
      areSeveral ||= relation === 'anotherAsterisk' || next.length > 1;
    }
    if (areSeveral) {
      this.#warn(arrival);
    }
    return next.length === 1 ? next[0] : undefined;
  }

  #warn({ greeting: { asteriskId, apps }, remoteAddress }: Arrival): void {
    const who = `more than one Asterisk has the id ${asteriskId} and connects for ${apps.join(', ')}`;
    this.#logger.warn(`${who}, the latest from ${remoteAddress}: give each an 'entityid' of its own in asterisk.conf`);
  }

  async #begin(socket: EventSocket, arrival: Arrival): Promise<void> {
    const session: Session<C> = new Session(this.#settings, arrival, {
      idle: () => this.#change.tell(),
      apps: (apps) => this.#all.add(session, arrival, apps),
    });
    const { connection } = session;
    this.#all.add(session, arrival);
    void connection.closed.then((error) => {
      this.#logger.info(`the ${connection.kind} connection for ${connection.apps.join(', ')} is over${because(error)}`);
      this.#all.delete(session);
      this.#change.tell();
    });
    this.#tell(connection);
    await session.open(socket, arrival);
  }

  /** Listeners are added before the first event is read, as far as the callback does that at once. */
  #tell(connection: OutboundConnection<C>): void {
    const failed = (error: unknown): void => {
      const text = `the listener for connections has failed: ${errorText(error, true)}`;
      if (this.#logger === silentLogger) {
        process.emitWarning(text, 'AriListenerWarning');
      } else {
        this.#logger.error(text);
      }
    };
    try {
      Promise.resolve(this.#listener(connection)).catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}

function because(error: Error | undefined): string {
  return error === undefined ? '' : `: ${error.message}`;
}
