import { scope, type AnyListener, type ListenerScope } from '../contract/listener-scope.js';
import { checkCallOptions, checkFor, checkListener } from '../support/check-option.js';
import { openStream, type EventStream, type StreamOptions } from './stream.js';
import type { ListenOptions, Subscription } from '../contract/subscription.js';
import type { ObjectEventMap } from '../contract/events.js';
import { choiceOptions } from './choice.js';
import { addListener, isOf, typesOf, type Types } from './several.js';
import { waitForEvent, type WaitOptions } from './wait.js';

/** Listening on a client. `M` maps what can be heard there to what a listener receives: `{ StasisStart: StasisStart }`. */
export interface ClientListenable<M> {
  /**
   * Calls the listener for every event of a type, or of several, in the order of the event connection, until the
   * subscription is closed. What it throws, or rejects with, reaches `client.on('listenerError', …)` and stops nobody
   * else.
   * @throws {AriValidationError} if no event of that type can come here
   */
  on<T extends keyof M & string>(
    type: T | readonly T[],
    listener: (event: M[T]) => unknown,
    options?: ListenOptions,
  ): Subscription;

  /** Like `on`, for the next event only; of several types, for the first that comes. */
  once<T extends keyof M & string>(
    type: T | readonly T[],
    listener: (event: M[T]) => unknown,
    options?: ListenOptions,
  ): Subscription;

  /**
   * Takes a listener away, however often it was added for the type, or without one all that were added for it; not waits
   * and streams. `Subscription.close()` does it for one of them.
   * @throws {AriValidationError} if no event of that type can come here
   */
  off<T extends keyof M & string>(type: T | readonly T[], listener?: (event: M[T]) => unknown): void;

  /**
   * The events of a type, or of several, as an async iterable, from now on:
   * `for await (const event of client.stream('StasisStart'))`. It ends when the loop is left, the signal aborts, the
   * client closes or the object is gone; `stop()` does not end it, since another `start()` may follow.
   */
  stream<T extends keyof M & string>(type: T | readonly T[], options?: StreamOptions): EventStream<M[T]>;

  /**
   * Waits for the next event of a type; of several types, for the first that comes. It goes on waiting after `stop()`,
   * since another `start()` may follow: give it `timeoutMs`, or `close()` the client. For digits take `stream`: between two
   * waits one may be missed.
   * @throws {AriTimeoutError} if `timeoutMs` passes first; {AriAbortError} if the signal aborts or the client closes;
   *   {ObjectGoneError} if the object ends, so that the event cannot come any more
   */
  waitFor<T extends keyof M & string>(type: T | readonly T[], options?: WaitOptions<M[T]>): Promise<M[T]>;
}

/**
 * Listening on a repository, to all its objects, or on one object. A listener receives what the event is about, and the
 * event.
 *
 * Who listens to an object that an answer has handed out, such as `await channel.play(…)`, misses nothing for having
 * awaited it: what came of the object before it was first listened to is told first, its last event to everybody. Of an
 * object that has ended, a listener or stream is closed after that, and a wait fails with {@link ObjectGoneError}. It is
 * remembered for 5 s after the answer and after the end, 32 events an object, 1,000 objects; later, Asterisk is asked
 * whether the object is still there, and what cannot hear any more ends some 2 s after it began. A mere handle may be of
 * something yet to be made: it hears what comes from now on.
 */
export interface Listenable<M extends ObjectEventMap<M>> {
  /**
   * Calls the listener for every event of a type, or of several, in the order of the event connection, until the
   * subscription is closed; never before `on` has returned. What it throws, or rejects with, reaches
   * `client.on('listenerError', …)` and stops nobody else.
   * @throws {AriValidationError} if no event of that type can come here
   */
  on<T extends keyof M & string>(
    type: T | readonly T[],
    listener: (subject: M[T][0], event: M[T][1]) => unknown,
    options?: ListenOptions,
  ): Subscription;

  /**
   * Like `on`, for one event only: the next, or what an object just handed out has to tell; of several types, for the
   * first that comes.
   */
  once<T extends keyof M & string>(
    type: T | readonly T[],
    listener: (subject: M[T][0], event: M[T][1]) => unknown,
    options?: ListenOptions,
  ): Subscription;

  /**
   * Takes a listener away, however often it was added for the type, or without one all that were added for it; not waits
   * and streams. `Subscription.close()` does it for one of them.
   * @throws {AriValidationError} if no event of that type can come here
   */
  off<T extends keyof M & string>(
    type: T | readonly T[],
    listener?: (subject: M[T][0], event: M[T][1]) => unknown,
  ): void;

  /**
   * The events of a type, or of several, as an async iterable, from now on or from when the object was handed out:
   * `for await (const event of client.stream('StasisStart'))`. It ends when the loop is left, the signal aborts, the
   * client closes or the object is gone; `stop()` does not end it, since another `start()` may follow.
   */
  stream<T extends keyof M & string>(type: T | readonly T[], options?: StreamOptions): EventStream<M[T][1]>;

  /**
   * Waits for the next event of a type, or takes one that an object just handed out has to tell; of several types, for
   * the first that comes. It goes on waiting after `stop()`, since another `start()` may follow: give it `timeoutMs`, or
   * `close()` the client. For digits take `stream`: between two waits one may be missed.
   * @throws {AriTimeoutError} if `timeoutMs` passes first; {AriAbortError} if the signal aborts or the client closes;
   *   {ObjectGoneError} if the object ends, or has ended, so that the event cannot come any more
   */
  waitFor<T extends keyof M & string>(type: T | readonly T[], options?: WaitOptions<M[T][1]>): Promise<M[T][1]>;
}

interface Scoped {
  [scope](): ListenerScope;
}

const methods = {
  on(this: Scoped, type: Types, listener: AnyListener, options?: ListenOptions): Subscription {
    checkListening('on', listener, options);
    return checkFor('on', () => addListener(this[scope](), type, listener, options));
  },

  once(this: Scoped, type: Types, listener: AnyListener, options?: ListenOptions): Subscription {
    checkListening('once', listener, options);
    return checkFor('once', () => addListener(this[scope](), type, listener, options, true));
  },

  off(this: Scoped, type: Types, listener?: AnyListener): void {
    if (listener !== undefined) {
      checkListening('off', listener, undefined);
    }
    const where = this[scope]();
    for (const registered of typesOf(type).flatMap((each) => [...where.list(each, listener)])) {
      if (isOf(registered, listener)) {
        registered.close();
      }
    }
  },

  stream(this: Scoped, type: Types, options?: StreamOptions): EventStream<unknown> {
    return openStream(this[scope](), type, options);
  },

  waitFor(this: Scoped, type: Types, options?: WaitOptions<unknown>): Promise<unknown> {
    return waitForEvent(this[scope](), type, options);
  },
};

const known = ['signal', ...choiceOptions] as const satisfies readonly (keyof ListenOptions)[];

function checkListening(call: string, listener: unknown, options: unknown): void {
  checkListener(call, listener);
  checkCallOptions(call, options, known);
}

/** Gives a class the methods of {@link Listenable}; its declaration merges with the interface. */
export function makeListenable(target: { readonly prototype: Scoped }): void {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(target.prototype, name, { value, writable: true, configurable: true });
  }
}
