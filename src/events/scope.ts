import type { AnyListener, Listener } from './listener.js';
import type { ListenOptions } from './subscription.js';

/** Key of the method by which a listenable class names where its listeners belong. */
export const scope: unique symbol = Symbol('listener scope');

/** Where listeners are registered: a client, a kind of object, or one object. */
export interface ListenerScope {
  /** For messages: `channel 1700000000.1`. */
  readonly name: string;
  /** @throws {AriValidationError} if no event of that type can come here */
  add(type: string, call: AnyListener, once: boolean, options: ListenOptions | undefined): Listener;
  /** The open listeners of a type. */
  list(type: string): Iterable<Listener>;
}
