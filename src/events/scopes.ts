import { AriValidationError } from '../errors/validation-error.js';
import type { Dispatcher } from './dispatcher.js';
import { Listener, type AnyListener } from './listener.js';
import type { ListenerScope } from './scope.js';
import type { ListenOptions } from './subscription.js';

/** What a client tells its listeners besides Asterisk's events. */
export const notices = ['*', 'unknown', 'malformed', 'listenerError', 'state'] as const;

/** Listeners of a whole client. */
export class ClientScope implements ListenerScope {
  readonly name = 'the client';
  readonly #dispatcher: Dispatcher;

  constructor(dispatcher: Dispatcher) {
    this.#dispatcher = dispatcher;
  }

  add(type: string, call: AnyListener, once: boolean, options: ListenOptions | undefined): Listener {
    if (!this.#dispatcher.isKnown(type) && !notices.some((notice) => notice === type)) {
      throw unheard(type, this.name, [...notices, ...this.#dispatcher.eventTypes()]);
    }
    const owner = this.#dispatcher.client;
    return register(new Listener(type, call, this.#dispatcher.count, owner, once, options), owner, options);
  }

  list(type: string): Iterable<Listener> {
    return this.#dispatcher.client.get(type) ?? [];
  }
}

/** Listeners of a repository, to all its objects; with an id, of one object. */
export class KindScope implements ListenerScope {
  readonly name: string;
  readonly #dispatcher: Dispatcher;
  readonly #kind: string;
  readonly #id: string | undefined;

  constructor(dispatcher: Dispatcher, kind: string, id?: string) {
    this.name = id === undefined ? `any ${kind}` : `${kind} ${id}`;
    this.#dispatcher = dispatcher;
    this.#kind = kind;
    this.#id = id;
  }

  add(type: string, call: AnyListener, once: boolean, options: ListenOptions | undefined): Listener {
    if (!this.#dispatcher.carries(type, this.#kind)) {
      throw unheard(type, this.name, this.#dispatcher.eventTypes(this.#kind));
    }
    const { byType, byId } = this.#dispatcher.listenersOf(this.#kind);
    const owner = this.#id === undefined ? byType : byId.owner(this.#id);
    return register(new Listener(type, call, this.#dispatcher.count, owner, once, options), owner, options);
  }

  list(type: string): Iterable<Listener> {
    const { byType, byId } = this.#dispatcher.listenersOf(this.#kind);
    if (this.#id === undefined) {
      return byType.get(type) ?? [];
    }
    return (byId.get(this.#id) ?? []).filter((listener) => listener.type === type);
  }
}

function register(listener: Listener, owner: { add(listener: Listener): void }, options?: ListenOptions): Listener {
  owner.add(listener);
  if (options?.signal?.aborted) {
    listener.close();
  }
  return listener;
}

function unheard(type: string, scope: string, allowed: readonly string[]): AriValidationError {
  return new AriValidationError(
    `no event '${type}' can come from ${scope}; possible are ${allowed.join(', ')}`,
    'type',
  );
}
