import { scope, type AnyListener, type ListenerScope } from '../contract/listener-scope.js';
import { openStream, type EventStream, type StreamOptions } from './stream.js';
import type { ListenOptions, Subscription } from '../contract/subscription.js';
import type { EventOf, ListenerArguments } from '../contract/events.js';
import { waitForEvent, type WaitOptions } from './wait.js';

/**
 * Listening, the same for the client, for repositories and for single objects. `E` is the map of what can be heard.
 *
 * Who listens to an object that an answer has handed out, such as `await channel.play(…)`, misses nothing for having
 * awaited it: what came of the object before it was first listened to is told first, its last event to everybody. Of an
 * object that has ended, a listener or stream is closed after that, and a wait fails with {@link ObjectGoneError}. It is
 * remembered for 5 s after the answer and after the end, 32 events an object, 1,000 objects; later, Asterisk is asked
 * whether the object is still there, and what cannot hear any more ends some 2 s after it began. A mere handle may be of
 * something yet to be made: it hears what comes from now on.
 */
export interface Listenable<E> {
  /**
   * Calls the listener for every event of a type, in the order of the event connection, until the subscription is
   * closed; never before `on` has returned. What it throws, or rejects with, reaches `client.on('listenerError', …)` and stops nobody else.
   * @throws {AriValidationError} if no event of that type can come here
   */
  on<T extends keyof E & string>(
    type: T,
    listener: (...args: ListenerArguments<E, T>) => unknown,
    options?: ListenOptions,
  ): Subscription;

  /** Like `on`, for one event only: the next, or what an object just handed out has to tell. */
  once<T extends keyof E & string>(
    type: T,
    listener: (...args: ListenerArguments<E, T>) => unknown,
    options?: ListenOptions,
  ): Subscription;

  /** Takes a listener away, however often it was added for the type. `Subscription.close()` does it for one of them. */
  off<T extends keyof E & string>(type: T, listener: (...args: ListenerArguments<E, T>) => unknown): void;

  /**
   * The events of a type as an async iterable, from now on, or from when the object was handed out:
   * `for await (const event of client.stream('StasisStart'))`. It ends when the loop is left, the signal aborts, the client closes or the object is gone.
   */
  stream<T extends keyof E & string>(type: T, options?: StreamOptions): EventStream<EventOf<E, T>>;

  /**
   * Waits for the next event of a type; of an object just handed out, one that has come already will do.
   * @throws {AriTimeoutError} if `timeoutMs` passes first; {AriAbortError} if the signal aborts or the client closes;
   *   {ObjectGoneError} if the object ends, or has ended, so that the event cannot come any more
   */
  waitFor<T extends keyof E & string>(type: T, options?: WaitOptions<EventOf<E, T>>): Promise<EventOf<E, T>>;
}

interface Scoped {
  [scope](): ListenerScope;
}

const methods = {
  on(this: Scoped, type: string, listener: AnyListener, options?: ListenOptions): Subscription {
    return this[scope]().add(type, listener, false, options);
  },

  once(this: Scoped, type: string, listener: AnyListener, options?: ListenOptions): Subscription {
    return this[scope]().add(type, listener, true, options);
  },

  off(this: Scoped, type: string, listener: AnyListener): void {
    for (const registered of this[scope]().list(type)) {
      if (registered.call === listener) {
        registered.close();
      }
    }
  },

  stream(this: Scoped, type: string, options?: StreamOptions): EventStream<unknown> {
    return openStream(this[scope](), type, options);
  },

  waitFor(this: Scoped, type: string, options?: WaitOptions<unknown>): Promise<unknown> {
    return waitForEvent(this[scope](), type, options);
  },
};

/** Gives a class the methods of {@link Listenable}; its declaration merges with the interface. */
export function makeListenable(target: { readonly prototype: Scoped }): void {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(target.prototype, name, { value, writable: true, configurable: true });
  }
}
