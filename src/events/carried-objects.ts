import type { ObjectBinding } from '../bindings.js';
import type { Listener } from './listener.js';
import type { CarriedKind, Place, Topic } from './topic.js';

/** An event as parsed: fields by name. */
export type RawEvent = Record<string, unknown>;

/** Makes a domain object of raw data. */
export type MakeObject = (binding: ObjectBinding, data: object) => unknown;

/** One object that stands in one event. */
export interface CarriedObject {
  readonly of: CarriedKind;
  readonly place: Place;
  readonly id: string;
  /** Listeners of this very object, to whatever topic; none where the event holds the same object once more. */
  readonly listeners: readonly Listener[];
  /** Raw data, then the domain object made of it. */
  object: unknown;
}

const none: readonly never[] = [];

/** The objects in an event, and who listens to them. */
export function findObjects(topic: Topic, event: RawEvent): CarriedObject[] {
  const found: CarriedObject[] = [];
  for (const of of topic.carried) {
    for (const place of of.places) {
      const object = parentOf(event, place)?.[place.key];
      if (typeof object === 'object' && object !== null) {
        const id = idOf(of.binding, object as RawEvent);
        const isRepeated = found.some((other) => other.of === of && other.id === id);
        found.push({ of, place, id, listeners: (isRepeated ? undefined : of.byId.get(id)) ?? none, object });
      }
    }
  }
  return found;
}

/** Puts domain objects in the place of raw data. */
export function hydrate(event: RawEvent, objects: readonly CarriedObject[], make: MakeObject): void {
  for (const carried of objects) {
    const { of, place } = carried;
    carried.object = make(of.binding, carried.object as object);
    (parentOf(event, place) as RawEvent)[place.key] = carried.object;
  }
}

/** What listeners are handed besides the event: the object in the kind's own field, or a record of all of the kind. */
export function subjectOf(kind: CarriedKind, objects: readonly CarriedObject[]): unknown {
  const { subject } = kind;
  if (subject !== undefined) {
    return objects.find(({ of, place }) => of === kind && place === subject)?.object;
  }
  return Object.fromEntries(
    objects.filter(({ of }) => of === kind).map(({ place, object }) => [place.name, object] as const),
  );
}

function parentOf(event: RawEvent, { parents }: Place): RawEvent | undefined {
  let parent: unknown = event;
  for (const name of parents) {
    if (typeof parent !== 'object' || parent === null) {
      return undefined;
    }
    parent = (parent as RawEvent)[name];
  }
  return (parent as RawEvent | null) ?? undefined;
}

/** The id in raw data of one kind: `PJSIP/alice`. */
function idOf({ keys }: ObjectBinding, data: RawEvent): string {
  return keys.length === 1 ? String(data[keys[0] as string]) : keys.map((key) => data[key]).join('/');
}
