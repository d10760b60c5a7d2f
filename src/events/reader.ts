import type { SocketMessage, SocketUser } from '../rest/socket-user.js';
import type { Dispatcher } from './dispatcher.js';

/** What comes over the event connection besides what listeners are told. */
export interface ReaderHost {
  /** Another connection has taken an application over. */
  onReplaced(app: string): void;
  /** Asterisk has registered an application for a connection that it has opened. */
  onRegistered(app: string): void;
  /** It has taken that back. */
  onUnregistered(app: string): void;
  /** Who reads what is no event. */
  readonly user: SocketUser | undefined;
}

/** Types of events that are read here, whether anybody listens to them or not. */
export const ownEvents = ['ApplicationReplaced', 'ApplicationRegistered', 'ApplicationUnregistered'];

/** From a frame of the event connection to the dispatcher, in one go and without a queue in between. */
export class EventReader {
  readonly #dispatcher: Dispatcher;
  readonly #host: ReaderHost;

  constructor(dispatcher: Dispatcher, host: ReaderHost) {
    this.#dispatcher = dispatcher;
    this.#host = host;
  }

  read(frame: Buffer): void {
    if (this.#dispatcher.ignores(frame)) {
      return;
    }
    const text = frame.toString();
    try {
      this.#take(JSON.parse(text), text);
    } catch (error) {
      // Not JSON, or nothing that one can get along with. Listeners do not throw here.
      this.#dispatcher.refuse(text, (error as Error).message);
    }
  }

  #take(message: unknown, text: string): void {
    const { type, application } = (message ?? {}) as { type?: unknown; application?: unknown };
    if (this.#host.user?.messageTypes.includes(type as string)) {
      this.#host.user.received(message as SocketMessage);
      return;
    }
    this.#dispatcher.dispatch(message, text);
    if (typeof application === 'string') {
      this.#noteApplication(type, application);
    }
  }

  #noteApplication(type: unknown, app: string): void {
    switch (type) {
      case 'ApplicationReplaced':
        return this.#host.onReplaced(app);
      case 'ApplicationRegistered':
        return this.#host.onRegistered(app);
      case 'ApplicationUnregistered':
        return this.#host.onUnregistered(app);
    }
  }
}
