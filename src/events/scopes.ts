import { AriValidationError } from '../errors/validation-error.js';
import type { Dispatcher } from './dispatcher.js';
import { Listener, type AnyListener } from './listener.js';
import type { ListenerScope } from './scope.js';
import type { ListenOptions } from './subscription.js';
import type { Topic } from './topic.js';

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
    const topic = this.#topic(type);
    if (topic === undefined) {
      throw unheard(type, this.name, [...notices, ...this.#dispatcher.eventTypes()]);
    }
    const owner = topic.listeners;
    return register(new Listener(topic, call, this.#dispatcher.count, owner, once, options), owner, options);
  }

  list(type: string): Iterable<Listener> {
    return this.#topic(type)?.listeners ?? [];
  }

  #topic(type: string): Topic | undefined {
    const isNotice = notices.some((notice) => notice === type);
    return isNotice ? this.#dispatcher.notice(type) : this.#dispatcher.event(type);
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
    const topic = this.#dispatcher.event(type);
    const carried = topic?.carried.find(({ kind }) => kind === this.#kind);
    if (topic === undefined || carried === undefined) {
      throw unheard(type, this.name, this.#dispatcher.eventTypes(this.#kind));
    }
    const owner = this.#id === undefined ? carried.listeners : carried.byId.owner(this.#id);
    return register(new Listener(topic, call, this.#dispatcher.count, owner, once, options), owner, options);
  }

  list(type: string): Iterable<Listener> {
    const topic = this.#dispatcher.event(type);
    if (this.#id === undefined) {
      return topic?.carried.find(({ kind }) => kind === this.#kind)?.listeners ?? [];
    }
    const ofObject = this.#dispatcher.objects(this.#kind).get(this.#id) ?? [];
    return ofObject.filter((listener) => listener.topic === topic);
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
