import type { AriError } from '../errors/ari-error.js';
import type { SlowNotice } from './notices.js';
import type { ListenOptions, Subscription } from './subscription.js';

/** Key of the method by which a listenable class names where its listeners belong. */
export const scope: unique symbol = Symbol('listener scope');

/** A function that receives what an event hands over; a promise it returns is watched for rejection. */
// oxlint-disable-next-line typescript/no-explicit-any -- typed at `on`; within the dispatcher the tuples are gone
export type AnyListener = (...args: any[]) => unknown;

/** A listener that is registered. */
export interface RegisteredListener extends Subscription {
  readonly call: AnyListener;
  /** Called when no event can come any more: the object listened to has ended, or the client. */
  onEnd: ((reason: AriError) => void) | undefined;
}

/** Where listeners are registered: a client, a kind of object, or one object. */
export interface ListenerScope {
  /** For messages: `channel 1700000000.1`. */
  readonly name: string;
  /** @throws {AriValidationError} if no event of that type can come here */
  add(type: string, call: AnyListener, once: boolean, options: ListenOptions | undefined): RegisteredListener;
  /** The applications that the client is started for; undefined while it is not. */
  readonly applications: ReadonlySet<string> | undefined;
  /** Why nothing can come here any more; undefined while something can. */
  readonly ended: AriError | undefined;
  /** Tells the client that a listener here is too slow. */
  warn(notice: SlowNotice): void;
  /** The open listeners of a type; with a listener, all that may be registrations of it. */
  list(type: string, of?: AnyListener): Iterable<RegisteredListener>;
}
