import type { Bindings } from '../contract/bindings.js';
import type { AriError } from '../errors/ari-error.js';
import type { Activity } from '../support/activity.js';
import { Caller } from './caller.js';
import {
  findObjects,
  hydrate,
  nextOf,
  subjectOf,
  type CarriedObject,
  type MakeObject,
  type RawEvent,
} from './carried-objects.js';
import { planEvents } from './event-plan.js';
import { FrameFilter } from './frame-filter.js';
import { Glances } from './glances.js';
import type { IdWatcher, ListenersById } from './listeners-by-id.js';
import { PastEvent } from './past-event.js';
import { isAboutRecent, isRemembered, SingleObjects } from './single-objects.js';
import { Topic, type AudienceWatcher } from './topic.js';
import { errorText } from '../support/error-text.js';
import type { EventGate } from './event-gate.js';
import type { MalformedMessage } from '../contract/events.js';

/** What a dispatcher needs of its client. */
export interface DispatcherHost {
  readonly make: MakeObject;
  /** Receives what listeners throw or reject with. */
  readonly onFailure: (error: unknown, event: unknown) => void;
  /** Counts listeners whose promises have not settled. */
  readonly activity: Activity;
  /** Told of objects that are listened to, and may have sent their last event. */
  readonly onParting: (kind: string, id: string) => void;
  /** Told of objects that come to be listened to of which nobody knows whether they are still there. */
  readonly onDoubt: (kind: string, id: string) => void;
  /** Types of events that somebody else reads, whether they are listened to or not. */
  readonly alwaysRead: readonly string[];
  /** Looks at events before anybody gets them. */
  readonly gate: EventGate;
}

/**
 * The life of an event, from its frame to its listeners: who wants it, domain objects in place of raw data, then one
 * listener after another – the client's, the repositories', the objects' – before the next event is looked at.
 */
export class Dispatcher {
  readonly singles: SingleObjects;
  readonly #events: ReadonlyMap<string, Topic>;
  readonly #notices = new Map<string, Topic>();
  readonly #every = this.notice('*');
  readonly #unknown = this.notice('unknown');
  readonly #malformed = this.notice('malformed');
  readonly #filter: FrameFilter<Topic>;
  readonly #glances = new Glances();
  readonly #make: MakeObject;
  readonly #caller: Caller;
  readonly #gate: EventGate;
  #count = 0;
  /** An event is being handed to listeners. */
  #isDelivering = false;
  #ended: AriError | undefined;
  /** The applications that the client is started for; undefined while it is not. */
  applications: ReadonlySet<string> | undefined;

  constructor(bindings: Bindings, host: DispatcherHost) {
    const { make, onFailure, activity, onParting, onDoubt, alwaysRead, gate } = host;
    this.singles = new SingleObjects(bindings, {
      onParting,
      onDoubt,
      recall: (frame) => this.#recall(frame),
      release: (listeners, backlog) => this.#caller.release(listeners, backlog),
      hasCopies: () => this.applications !== undefined && this.applications.size > 1,
    });
    this.#events = planEvents(bindings, this.singles.kinds);
    const droppable = [...this.#events].filter(([type]) => !alwaysRead.includes(type));
    this.#filter = new FrameFilter(droppable, isUnwanted);
    this.#make = make;
    this.#caller = new Caller(onFailure, activity);
    this.#gate = gate;
  }

  /** How many messages were dispatched so far. */
  get count(): number {
    return this.#count;
  }

  /** An event is being handed to listeners: what it carries was there a moment ago. */
  get isDelivering(): boolean {
    return this.#isDelivering;
  }

  /** The types of events known to the bindings; with a kind, of those that can carry such an object. */
  eventTypes(kind?: string): string[] {
    return [...this.#events.values()]
      .filter(({ carried }) => kind === undefined || carried.some((each) => each.kind === kind))
      .map(({ name }) => name);
  }

  /** Adds who is told when something comes to be listened to, and when nobody listens to it any more. */
  watchAudience(watcher: AudienceWatcher): void {
    for (const topic of [...this.#events.values(), this.#every, this.#unknown, this.#malformed]) {
      topic.watchers.push(watcher);
    }
  }

  /** Whether listeners want every event, whatever its type. */
  get wantsEverything(): boolean {
    const isHeard = [this.#every, this.#unknown, this.#malformed].some(({ audience }) => audience > 0);
    return isHeard || this.#gate.everything;
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

  /** Names who is told when an object of a kind comes to be listened to, and when nobody listens to it any more. */
  watchObjects(kind: string, watcher: IdWatcher): void {
    const listeners = this.singles.kinds.get(kind)?.byId;
    if (listeners !== undefined) {
      listeners.watcher = watcher;
    }
  }

  /** Listeners of single objects of a kind. */
  objects(kind: string): ListenersById {
    return this.singles.kinds.get(kind)?.byId as ListenersById;
  }

  /** Whether the frame holds, as far as its head tells, an event that nobody listens to: then it need not be read. */
  ignores(frame: Buffer): boolean {
    const isHeard = this.#every.audience > 0 || this.#malformed.audience > 0 || this.#gate.everything;
    return !isHeard && this.#glances.isDue() && this.#glances.saw(this.#isIdle(frame));
  }

  /**
   * Hands a parsed message to whoever listens. It becomes the event: its raw data gives way to domain objects.
   * @param text the message as it came
   */
  dispatch(message: unknown, text?: string): void {
    const type = (message as { type?: unknown } | null | undefined)?.type;
    if (typeof type !== 'string') {
      this.refuse(text ?? jsonOf(message), 'a message without a type');
      return;
    }
    const event = message as RawEvent;
    const topic = this.#events.get(type);
    this.#count += 1;
    if (topic === undefined) {
      this.#callAll(this.#unknown, this.#count, event);
    } else if (!isUnwanted(topic) || this.#every.audience > 0 || this.#gate.everything || isRemembered(topic)) {
      this.#receive(topic, event, this.#gate.admits(topic, event));
    }
  }

  /** Tells of a message that is no event. */
  refuse(text: string, reason: string): void {
    const malformed: MalformedMessage = { text: text.slice(0, 1_000), reason };
    this.notify('malformed', malformed);
  }

  /** Tells the client's listeners something that is not an event. Returns false if there are none. */
  notify(notice: string, detail: unknown): boolean {
    const topic = this.notice(notice);
    const isHeard = topic.audience > 0;
    this.#count += 1;
    this.#callAll(topic, this.#count, detail);
    return isHeard;
  }

  /** Why nothing can be listened to any more; undefined while it can. */
  get ended(): AriError | undefined {
    return this.#ended;
  }

  /** Ends every listener, those to come included. */
  end(reason: AriError): void {
    this.#ended = reason;
    for (const { listeners, carried } of [...this.#notices.values(), ...this.#events.values()]) {
      listeners.end(reason);
      for (const kind of carried) {
        kind.listeners.end(reason);
      }
    }
    this.singles.end(reason);
  }

  /** Whether nothing comes of a frame, as far as its head tells and the ids in it. */
  #isIdle(frame: Buffer): boolean {
    const topic = this.#filter.find(frame);
    return topic !== undefined && !isAboutRecent(topic, frame);
  }

  /** Reads a frame of the past that nobody wanted then. */
  #recall(frame: Buffer): void {
    const event = JSON.parse(frame.toString()) as RawEvent;
    const topic = this.#events.get(event['type'] as string);
    if (topic !== undefined && this.#gate.admits(topic, event)) {
      const objects = findObjects(topic, event);
      this.#note(topic, event, objects);
      this.singles.part(topic, objects);
    }
  }

  #receive(topic: Topic, event: RawEvent, isAdmitted: boolean): void {
    const objects = findObjects(topic, event);
    if (isAdmitted && this.#isWanted(topic, objects)) {
      hydrate(event, objects, this.#make);
      this.#deliver(topic, event, objects);
    }
    if (isAdmitted && isRemembered(topic)) {
      this.#note(topic, event, objects);
    }
    if (topic.mayEnd) {
      this.singles.part(topic, objects);
    }
  }

  #note(topic: Topic, event: RawEvent, objects: readonly CarriedObject[]): void {
    this.singles.note(new PastEvent(topic, event, objects, { make: this.#make, caller: this.#caller }));
  }

  #isWanted(topic: Topic, objects: readonly CarriedObject[]): boolean {
    if (!topic.listeners.isEmpty || !this.#every.listeners.isEmpty) {
      return true;
    }
    for (const { place, data, listener } of objects) {
      if (listener !== undefined || (data !== undefined && !place.of.listeners.isEmpty)) {
        return true;
      }
    }
    return false;
  }

  #deliver(topic: Topic, event: RawEvent, objects: readonly CarriedObject[]): void {
    const sequence = this.#count;
    const isWithin = this.#isDelivering;
    this.#isDelivering = true;
    this.#callAll(this.#every, sequence, event);
    this.#callAll(topic, sequence, event);
    for (const kind of topic.carried) {
      if (!kind.listeners.isEmpty && objects.some(({ place, data }) => place.of === kind && data !== undefined)) {
        const subject = subjectOf(kind, objects);
        for (const listener of kind.listeners) {
          this.#caller.callWith(listener, sequence, subject, event);
        }
      }
    }
    for (const { place, listener } of objects) {
      for (let next = listener; next !== undefined; next = nextOf(topic, next.next)) {
        this.#caller.callWith(next, sequence, subjectOf(place.of, objects), event);
      }
    }
    this.#isDelivering = isWithin;
  }

  #callAll(topic: Topic, sequence: number, event: unknown): void {
    if (!topic.listeners.isEmpty) {
      for (const listener of topic.listeners) {
        this.#caller.call(listener, sequence, event);
      }
    }
  }
}

function jsonOf(message: unknown): string {
  try {
    return JSON.stringify(message) ?? String(message);
  } catch {
    return errorText(message);
  }
}

/** Whether nobody can want such an event, whatever it carries. */
function isUnwanted({ audience, carried }: Topic): boolean {
  return audience === 0 && !carried.some(({ isLast, mayBeLast, byId }) => (isLast || mayBeLast) && !byId.isEmpty);
}
