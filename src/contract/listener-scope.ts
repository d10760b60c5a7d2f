import type { AriError } from '../errors/ari-error.js';
import type { AnyListener, Listener } from '../events/listener.js';
import type { SlowNotice } from './notices.js';
import type { ListenOptions } from './subscription.js';

/** Key of the method by which a listenable class names where its listeners belong. */
export const scope: unique symbol = Symbol('listener scope');

/** Where listeners are registered: a client, a kind of object, or one object. */
export interface ListenerScope {
  /** For messages: `channel 1700000000.1`. */
  readonly name: string;
  /** @throws {AriValidationError} if no event of that type can come here */
  add(type: string, call: AnyListener, once: boolean, options: ListenOptions | undefined): Listener;
  /** Why nothing can come here any more; undefined while something can. */
  readonly ended: AriError | undefined;
  /** Tells the client that a listener here is too slow. */
  warn(notice: SlowNotice): void;
  /** The open listeners of a type. */
  list(type: string): Iterable<Listener>;
}
