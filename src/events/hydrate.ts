import type { ObjectBinding } from '../bindings.js';
import { idOfData, read, replace, type RawEvent } from './event-plan.js';
import type { CarriedKind } from './topic.js';

/** The objects of one kind that stand in one event. */
export interface CarriedObjects {
  readonly of: CarriedKind;
  readonly ids: readonly string[];
  /** What listeners are handed besides the event. */
  readonly subject: unknown;
}

/** Makes a domain object of raw data. */
export type MakeObject = (binding: ObjectBinding, data: object) => unknown;

/** Puts domain objects of one kind in the place of raw data. */
export function hydrate(of: CarriedKind, event: RawEvent, make: MakeObject): CarriedObjects {
  const { binding, places } = of;
  const ids: string[] = [];
  const objects: Record<string, unknown> = {};
  for (const place of places) {
    const data = read(event, place);
    if (typeof data === 'object' && data !== null) {
      const object = make(binding, data);
      ids.push(idOfData(binding, data));
      objects[place.name] = object;
      replace(event, place, object);
    }
  }
  return { of, ids, subject: of.subject === undefined ? objects : objects[of.subject.name] };
}
