import type { SocketMessage, SocketUser } from '../rest/socket-user.js';
import type { Dispatcher } from './dispatcher.js';
import type { MalformedMessage } from '../contract/events.js';

/** What comes over the event connection besides what listeners are told. */
export interface ReaderHost {
  /** Another connection has taken an application over. */
  onReplaced(app: string): void;
  /** Who reads what is no event. */
  readonly user: SocketUser | undefined;
}

/** Types of events that are read here, whether anybody listens to them or not. */
export const ownEvents = ['ApplicationReplaced'];

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
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch (error) {
      const malformed: MalformedMessage = { text: text.slice(0, 1000), reason: (error as Error).message };
      this.#dispatcher.notify('malformed', malformed);
      return;
    }
    const { type, application } = (message ?? {}) as { type?: unknown; application?: unknown };
    if (this.#host.user?.messageTypes.includes(type as string)) {
      this.#host.user.received(message as SocketMessage);
      return;
    }
    this.#dispatcher.dispatch(message);
    if (type === 'ApplicationReplaced' && typeof application === 'string') {
      this.#host.onReplaced(application);
    }
  }
}
