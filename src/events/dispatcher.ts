import type { Bindings } from '../bindings.js';
import type { AriError } from '../errors/ari-error.js';
import { ObjectGoneError } from '../errors/object-gone-error.js';
import { Caller } from './caller.js';
import { idOfData, planEvents, read, type RawEvent } from './event-plan.js';
import { FrameTypes } from './frame-types.js';
import { hydrate, type CarriedObjects, type MakeObject } from './hydrate.js';
import { ListenersById } from './listeners-by-id.js';
import { isHeard, Topic } from './topic.js';
import type { MalformedMessage } from './types.js';

/** What a dispatcher needs of its client. */
export interface DispatcherHost {
  readonly make: MakeObject;
  /** Receives what listeners throw or reject with. */
  readonly onFailure: (error: unknown, event: unknown) => void;
  /** Types of events that somebody else reads, whether they are listened to or not. */
  readonly alwaysRead: readonly string[];
}

/**
 * The life of an event, from its frame to its listeners: who wants it, domain objects in place of raw data, then one
 * listener after another – the client's, the repositories', the objects' – before the next event is looked at.
 */
export class Dispatcher {
  /** Listeners of single objects, by kind. */
  readonly #objects: ReadonlyMap<string, ListenersById>;
  readonly #events: ReadonlyMap<string, Topic>;
  readonly #notices = new Map<string, Topic>();
  readonly #every = this.notice('*');
  readonly #unknown = this.notice('unknown');
  readonly #malformed = this.notice('malformed');
  readonly #frames: FrameTypes<Topic>;
  readonly #make: MakeObject;
  readonly #caller: Caller;
  #count = 0;

  constructor(bindings: Bindings, { make, onFailure, alwaysRead }: DispatcherHost) {
    this.#objects = new Map(Object.keys(bindings.objects).map((kind) => [kind, new ListenersById()]));
    this.#events = planEvents(bindings, this.#objects);
    this.#frames = new FrameTypes([...this.#events].filter(([type]) => !alwaysRead.includes(type)));
    this.#make = make;
    this.#caller = new Caller(onFailure);
  }

  /** How many messages were dispatched so far. */
  get count(): number {
    return this.#count;
  }

  /** The types of events known to the bindings; with a kind, of those that can carry such an object. */
  eventTypes(kind?: string): string[] {
    return [...this.#events.values()]
      .filter(({ carried }) => kind === undefined || carried.some((each) => each.kind === kind))
      .map(({ name }) => name);
  }

  /** The topic of a type of event; undefined if the bindings do not know it. */
  event(type: string): Topic | undefined {
    return this.#events.get(type);
  }

  /** The topic of one of the client's notices. */
  notice(name: string): Topic {
    let topic = this.#notices.get(name);
    if (topic === undefined) {
      topic = new Topic(name);
      this.#notices.set(name, topic);
    }
    return topic;
  }

  /** Listeners of single objects of a kind. */
  objects(kind: string): ListenersById {
    return this.#objects.get(kind) as ListenersById;
  }

  /** Whether the frame holds, as far as its head tells, an event that nobody listens to: then it need not be read. */
  ignores(frame: Buffer): boolean {
    if (!this.#every.listeners.isEmpty || !this.#malformed.listeners.isEmpty) {
      return false;
    }
    const topic = this.#frames.find(frame);
    if (topic === undefined || topic.audience > 0) {
      return false;
    }
    for (const { isLast, byId } of topic.carried) {
      if (isLast && !byId.isEmpty) {
        return false;
      }
    }
    return true;
  }

  /** Hands a parsed message to whoever listens. It becomes the event: its raw data gives way to domain objects. */
  dispatch(message: unknown): void {
    const type = (message as { type?: unknown } | null)?.type;
    if (typeof type !== 'string') {
      this.#refuse(message);
      return;
    }
    const event = message as RawEvent;
    const topic = this.#events.get(type);
    this.#count += 1;
    if (topic === undefined) {
      this.#caller.callAll(this.#unknown.listeners, this.#count, event);
    } else if (this.#isWanted(topic, event)) {
      this.#deliver(topic, event);
    }
  }

  /** Tells the client's listeners something that is not an event. Returns false if there are none. */
  notify(notice: string, detail: unknown): boolean {
    const { listeners } = this.notice(notice);
    const isHeard = !listeners.isEmpty;
    this.#count += 1;
    this.#caller.callAll(listeners, this.#count, detail);
    return isHeard;
  }

  /** Ends every listener. */
  end(reason: AriError): void {
    for (const { listeners, carried } of [...this.#notices.values(), ...this.#events.values()]) {
      listeners.end(reason);
      for (const kind of carried) {
        kind.listeners.end(reason);
      }
    }
    for (const byId of this.#objects.values()) {
      byId.end(reason);
    }
  }

  #refuse(message: unknown): void {
    const text = JSON.stringify(message) ?? String(message);
    const malformed: MalformedMessage = { text: text.slice(0, 1000), reason: 'a message without a type' };
    this.notify('malformed', malformed);
  }

  #isWanted(topic: Topic, event: RawEvent): boolean {
    if (!topic.listeners.isEmpty || !this.#every.listeners.isEmpty) {
      return true;
    }
    for (const { binding, places, listeners, byId, isLast } of topic.carried) {
      if (!listeners.isEmpty) {
        return true;
      }
      if (byId.isEmpty) {
        continue;
      }
      for (const place of places) {
        const data = read(event, place);
        const ofObject = data === undefined ? undefined : byId.get(idOfData(binding, data));
        if (ofObject !== undefined && (isLast || isHeard(topic, ofObject))) {
          return true;
        }
      }
    }
    return false;
  }

  #deliver(topic: Topic, event: RawEvent): void {
    const sequence = this.#count;
    const carried = topic.carried.map((kind) => hydrate(kind, event, this.#make));
    this.#caller.callAll(this.#every.listeners, sequence, event);
    this.#caller.callAll(topic.listeners, sequence, event);
    for (const { of, ids, subject } of carried) {
      if (ids.length > 0) {
        this.#caller.callAllWith(of.listeners, sequence, subject, event);
      }
    }
    for (const objects of carried) {
      if (!objects.of.byId.isEmpty) {
        this.#deliverToObjects(topic, objects, sequence, event);
      }
    }
  }

  #deliverToObjects(topic: Topic, { of, ids, subject }: CarriedObjects, sequence: number, event: RawEvent): void {
    const { kind, byId, isLast } = of;
    for (const id of new Set(ids)) {
      const listeners = byId.get(id)?.filter((listener) => listener.topic === topic);
      if (listeners !== undefined) {
        this.#caller.callAllWith(listeners, sequence, subject, event);
      }
      if (isLast) {
        byId.drop(id, new ObjectGoneError(kind, id, `${kind} ${id} has ended: ${topic.name}`));
      }
    }
  }
}
