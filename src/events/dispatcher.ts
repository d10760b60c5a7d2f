import type { Bindings, ObjectBinding } from '../bindings.js';
import type { AriError } from '../errors/ari-error.js';
import { ObjectGoneError } from '../errors/object-gone-error.js';
import { idOfData, planEvents, read, replace, type CarriedKind, type RawEvent } from './event-plan.js';
import { lastEvents } from './lifetime.js';
import type { Listener } from './listener.js';
import { ListenersById } from './listeners-by-id.js';
import { ListenersByType } from './listeners-by-type.js';
import type { MalformedMessage } from './types.js';

/** Listeners of one kind of object: of its repository, and of single objects. */
export interface KindListeners {
  readonly byType: ListenersByType;
  readonly byId: ListenersById;
}

/** What a dispatcher needs of its client. */
export interface DispatcherHost {
  /** Makes a domain object of raw data. */
  make(binding: ObjectBinding, data: object): unknown;
  /** Receives what listeners throw or reject with. */
  onFailure(error: unknown, event: unknown): void;
}

/**
 * The life of an event, from its parsed form to its listeners: who wants it, domain objects in place of raw data, then
 * one listener after another – the client's, the repositories', the objects' – before the next event is looked at.
 */
export class Dispatcher {
  /** Listeners of the client. */
  readonly client = new ListenersByType();
  readonly #kinds = new Map<string, KindListeners>();
  readonly #plans: ReadonlyMap<string, readonly CarriedKind[]>;
  readonly #host: DispatcherHost;
  #count = 0;

  constructor(bindings: Bindings, host: DispatcherHost) {
    this.#plans = planEvents(bindings);
    this.#host = host;
    for (const kind of Object.keys(bindings.objects)) {
      this.#kinds.set(kind, { byType: new ListenersByType(), byId: new ListenersById() });
    }
  }

  /** How many events were dispatched so far. */
  get count(): number {
    return this.#count;
  }

  /** The types of events known to the bindings; with a kind, of those that can carry such an object. */
  eventTypes(kind?: string): string[] {
    return [...this.#plans].flatMap(([type, carried]) =>
      kind === undefined || carried.some((each) => each.kind === kind) ? [type] : [],
    );
  }

  /** Whether events of a type can carry a kind of object. */
  carries(type: string, kind: string): boolean {
    return this.#plans.get(type)?.some((carried) => carried.kind === kind) ?? false;
  }

  isKnown(type: string): boolean {
    return this.#plans.has(type);
  }

  listenersOf(kind: string): KindListeners {
    return this.#kinds.get(kind) as KindListeners;
  }

  /** Hands a parsed message to whoever listens. It becomes the event: its raw data gives way to domain objects. */
  dispatch(message: unknown): void {
    const type = (message as { type?: unknown } | null)?.type;
    if (typeof type !== 'string') {
      const text = JSON.stringify(message) ?? String(message);
      this.notify('malformed', {
        text: text.slice(0, 1000),
        reason: 'a message without a type',
      } satisfies MalformedMessage);
      return;
    }
    this.#count += 1;
    const event = message as RawEvent;
    const carried = this.#plans.get(type);
    if (carried === undefined) {
      this.#callAll(this.client.get('unknown'), this.#count, event, event);
    } else if (this.#isWanted(type, carried, event)) {
      this.#deliver(type, carried, event);
    }
  }

  /** Tells the client's listeners something that is not an event. Returns false if there are none. */
  notify(notice: string, detail: unknown): boolean {
    const listeners = this.client.get(notice);
    this.#count += 1;
    this.#callAll(listeners, this.#count, detail, detail);
    return listeners !== undefined;
  }

  /** Ends every listener. */
  end(reason: AriError): void {
    this.client.end(reason);
    for (const { byType, byId } of this.#kinds.values()) {
      byType.end(reason);
      for (const id of byId.ids()) {
        byId.drop(id, reason);
      }
    }
  }

  #isWanted(type: string, carried: readonly CarriedKind[], event: RawEvent): boolean {
    if (this.client.get(type) !== undefined || this.client.get('*') !== undefined) {
      return true;
    }
    for (const { kind, binding, places } of carried) {
      const { byType, byId } = this.listenersOf(kind);
      if (byType.get(type) !== undefined) {
        return true;
      }
      for (const place of places) {
        const data = read(event, place);
        if (data !== undefined && byId.get(idOfData(binding, data)) !== undefined) {
          return true;
        }
      }
    }
    return false;
  }

  #deliver(type: string, carried: readonly CarriedKind[], event: RawEvent): void {
    const sequence = this.#count;
    const kinds = carried.map((kind) => this.#hydrate(kind, event));
    this.#callAll(this.client.get('*'), sequence, event, event);
    this.#callAll(this.client.get(type), sequence, event, event);
    for (const { kind, ids, subject } of kinds) {
      if (ids.length > 0) {
        this.#callAll(this.listenersOf(kind).byType.get(type), sequence, event, subject, event);
      }
    }
    for (const { kind, ids, subject } of kinds) {
      for (const id of new Set(ids)) {
        for (const listener of this.listenersOf(kind).byId.get(id) ?? []) {
          if (listener.type === type && listener.born < sequence) {
            this.#call(listener, event, subject, event);
          }
        }
        if (lastEvents[type] === kind) {
          this.listenersOf(kind).byId.drop(id, new ObjectGoneError(kind, id, `${kind} ${id} has ended: ${type}`));
        }
      }
    }
  }

  /** Puts domain objects of one kind in the place of raw data; tells their ids and what listeners are to be handed. */
  #hydrate(carried: CarriedKind, event: RawEvent): { kind: string; ids: string[]; subject: unknown } {
    const { kind, binding, places } = carried;
    const ids: string[] = [];
    const objects: Record<string, unknown> = {};
    for (const place of places) {
      const data = read(event, place);
      if (typeof data === 'object' && data !== null) {
        const object = this.#host.make(binding, data);
        ids.push(idOfData(binding, data));
        objects[place.name] = object;
        replace(event, place, object);
      }
    }
    return { kind, ids, subject: carried.subject === undefined ? objects : objects[carried.subject.name] };
  }

  #callAll(listeners: Iterable<Listener> | undefined, sequence: number, event: unknown, ...args: unknown[]): void {
    for (const listener of listeners ?? []) {
      if (listener.born < sequence) {
        this.#call(listener, event, ...args);
      }
    }
  }

  #call(listener: Listener, event: unknown, ...args: unknown[]): void {
    if (listener.closed) {
      return;
    }
    if (listener.once) {
      listener.close();
    }
    try {
      const result = listener.call(...args);
      if (isThenable(result)) {
        result.then(undefined, (error: unknown) => this.#host.onFailure(error, event));
      }
    } catch (error) {
      this.#host.onFailure(error, event);
    }
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
