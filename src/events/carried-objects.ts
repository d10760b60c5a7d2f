import type { ObjectBinding } from '../contract/bindings.js';
import { keyText } from '../contract/object-key.js';
import type { Listener } from './listener.js';
import type { CarriedKind, Place, Topic } from './topic.js';

/** An event as parsed: fields by name. */
export type RawEvent = Record<string, unknown>;

/** Makes a domain object of raw data. */
export type MakeObject = (binding: ObjectBinding, data: object) => unknown;

/** What stands at one place of one event. */
export interface CarriedObject {
  readonly place: Place;
  /** As Asterisk sent it; nothing if this event leaves the place empty. */
  readonly data: RawEvent | undefined;
  /** The first listener of this very object to the topic; none where the event holds the same object once more. */
  readonly listener: Listener | undefined;
  /** The domain object, once it is made. */
  object: unknown;
}

/** The objects in an event, and who listens to them. Every event comes through here: no closures, no copies. */
export function findObjects(topic: Topic, event: RawEvent): CarriedObject[] {
  const objects: CarriedObject[] = [];
  for (const place of topic.places) {
    const value = parentOf(event, place)?.[place.key];
    const data = typeof value === 'object' && value !== null ? (value as RawEvent) : undefined;
    const listener = data && listenerOf(topic, place.of, data);
    objects.push({ place, data, listener: listener && unlessFound(objects, listener), object: undefined });
  }
  return objects;
}

/** Puts domain objects in the place of raw data. What may be left out is left out, and no `null` stands there. */
export function hydrate(event: RawEvent, objects: readonly CarriedObject[], make: MakeObject): void {
  for (const carried of objects) {
    const { place, data } = carried;
    if (data !== undefined) {
      carried.object = make(place.of.binding, data);
      (parentOf(event, place) as RawEvent)[place.key] = carried.object;
    } else if (place.isOptional) {
      dropNull(parentOf(event, place), place.key);
    }
  }
}

function dropNull(parent: RawEvent | undefined, key: string): void {
  if (parent?.[key] === null) {
    delete parent[key];
  }
}

/** What listeners are handed besides the event: the object in the kind's own field, or a record of all of the kind. */
export function subjectOf(kind: CarriedKind, objects: readonly CarriedObject[]): unknown {
  const ofKind = objects.filter(({ place, data }) => place.of === kind && data !== undefined);
  return kind.hasSubject
    ? ofKind.find(({ place }) => place.isSubject)?.object
    : Object.fromEntries(ofKind.map(({ place, object }) => [place.name, object] as const));
}

/** The id in raw data of one kind: `PJSIP/alice`; empty, as no id is, if what stands there can be none. */
export function idOf({ keys }: ObjectBinding, data: RawEvent): string {
  return keys.length === 1 ? keyText(data[keys[0] as string]) : keys.map((key) => keyText(data[key])).join('/');
}

/** The next listener to a topic in a chain of one object's listeners. */
export function nextOf(topic: Topic, chain: Listener | undefined): Listener | undefined {
  let listener = chain;
  while (listener !== undefined && listener.topic !== topic) {
    listener = listener.next;
  }
  return listener;
}

function listenerOf(topic: Topic, { binding, byId }: CarriedKind, data: RawEvent): Listener | undefined {
  return byId.isEmpty ? undefined : nextOf(topic, byId.get(idOf(binding, data)));
}

/** The listener, unless the event holds its object in an earlier place. */
function unlessFound(objects: readonly CarriedObject[], listener: Listener): Listener | undefined {
  for (const earlier of objects) {
    if (earlier.listener === listener) {
      return undefined;
    }
  }
  return listener;
}

export function parentOf(event: RawEvent, { parents }: Place): RawEvent | undefined {
  let parent: unknown = event;
  for (const name of parents) {
    if (typeof parent !== 'object' || parent === null) {
      return undefined;
    }
    parent = (parent as RawEvent)[name];
  }
  return (parent as RawEvent | null) ?? undefined;
}
