import type { AriError } from '../errors/ari-error.js';
import { AriValidationError } from '../errors/validation-error.js';
import type { Dispatcher } from './dispatcher.js';
import type { Existence } from '../contract/client-core.js';
import { Listener, registrations, type ListenerOwner } from './listener.js';
import { shorterOf } from './registered.js';
import { notices, type SlowNotice } from '../contract/notices.js';
import type { AnyListener, ListenerScope } from '../contract/listener-scope.js';
import type { ListenOptions } from '../contract/subscription.js';
import type { CarriedKind, Topic } from './topic.js';

/** Listeners of a whole client. */
export class ClientScope implements ListenerScope {
  readonly name = 'the client';
  readonly #dispatcher: Dispatcher;

  constructor(dispatcher: Dispatcher) {
    this.#dispatcher = dispatcher;
  }

  add(type: string, call: AnyListener, once: boolean, options: ListenOptions | undefined): Listener {
    const topic = this.#topic(type);
    const { count: born } = this.#dispatcher;
    const listener = new Listener(topic, call, { owner: topic.listeners, born, once, signal: options?.signal });
    return closedIf(this.ended, listener);
  }

  get applications(): ReadonlySet<string> | undefined {
    return this.#dispatcher.applications;
  }

  get ended(): AriError | undefined {
    return this.#dispatcher.ended;
  }

  warn(notice: SlowNotice): void {
    this.#dispatcher.notify('slow', notice);
  }

  list(type: string, of?: AnyListener): Iterable<Listener> {
    const topic = this.#topic(type);
    return of === undefined ? topic.listeners : found(topic.listeners, of, topic.listeners, topic);
  }

  #topic(type: string): Topic {
    const isNotice = notices.some((notice) => notice === type);
    const topic = isNotice ? this.#dispatcher.notice(type) : this.#dispatcher.event(type);
    if (topic === undefined) {
      throw unheard(type, this.name, [...notices, ...this.#dispatcher.eventTypes()]);
    }
    return topic;
  }
}

/** Listeners of a repository, to all its objects; with an id, of one object. */
export class KindScope implements ListenerScope {
  readonly name: string;
  readonly #dispatcher: Dispatcher;
  readonly #kind: string;
  readonly #id: string | undefined;
  readonly #existence: Existence | undefined;

  constructor(dispatcher: Dispatcher, kind: string, id?: string, existence?: Existence) {
    this.name = id === undefined ? `any ${kind}` : `${kind} ${id}`;
    this.#dispatcher = dispatcher;
    this.#kind = kind;
    this.#id = id;
    this.#existence = existence;
  }

  add(type: string, call: AnyListener, once: boolean, options: ListenOptions | undefined): Listener {
    const { topic, carried } = this.#find(type);
    const id = this.#id;
    const owner = id === undefined ? carried.listeners : carried.byId;
    const { count: born } = this.#dispatcher;
    const listener = new Listener(topic, call, { owner, id, born, once, signal: options?.signal });
    listener.existence = this.#existence;
    if (this.#existence?.isSnapshot && !listener.closed && this.ended === undefined) {
      const { singles, isDelivering } = this.#dispatcher;
      singles.join(listener, this.#kind, this.#existence.recent, isDelivering);
    }
    return closedIf(this.ended, listener);
  }

  get applications(): ReadonlySet<string> | undefined {
    return this.#dispatcher.applications;
  }

  get ended(): AriError | undefined {
    return this.#dispatcher.ended;
  }

  warn(notice: SlowNotice): void {
    this.#dispatcher.notify('slow', notice);
  }

  list(type: string, of?: AnyListener): Iterable<Listener> {
    const { topic, carried } = this.#find(type);
    const id = this.#id;
    const owner = id === undefined ? carried.listeners : carried.byId;
    const all = id === undefined ? carried.listeners : chain(carried.byId.get(id));
    return of === undefined ? [...all].filter((each) => each.isAt(owner, topic, id)) : found(all, of, owner, topic, id);
  }

  #find(type: string): { readonly topic: Topic; readonly carried: CarriedKind } {
    const topic = this.#dispatcher.event(type);
    const carried = topic?.carried.find(({ kind }) => kind === this.#kind);
    if (topic === undefined || carried === undefined) {
      throw unheard(type, this.name, this.#dispatcher.eventTypes(this.#kind));
    }
    return { topic, carried };
  }
}

/** The listeners of an object, one after the other. */
function* chain(first: Listener | undefined): Iterable<Listener> {
  for (let next = first; next !== undefined; next = next.next) {
    yield next;
  }
}

/** The registrations of a listener in one place: looked for there, or wherever it is registered, where that is less. */
function found(all: Iterable<Listener>, of: AnyListener, owner: ListenerOwner, topic: Topic, id?: string): Listener[] {
  return shorterOf(all, registrations.of(of)).filter((each) => each.isAt(owner, topic, id));
}

/** Whoever listens to a client that is closed waits for nothing. */
function closedIf(ended: AriError | undefined, listener: Listener): Listener {
  if (ended !== undefined) {
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
