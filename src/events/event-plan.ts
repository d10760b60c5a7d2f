import type { Bindings } from '../contract/bindings.js';
import { lastEvents, partingEvents } from './lifetime.js';
import { ListenerSet } from './listener-set.js';
import type { ObjectsOfKind } from './objects-of-kind.js';
import { Topic, type CarriedKind, type Place } from './topic.js';

/**
 * A topic for every type of event, with what it carries worked out once, so that an event costs only look-ups.
 * @param objects what is known of single objects, by kind
 */
export function planEvents(bindings: Bindings, objects: ReadonlyMap<string, ObjectsOfKind>): Map<string, Topic> {
  return new Map(
    Object.entries(bindings.events).map(([type, fields]) => {
      const places = Object.entries(fields);
      const optional = optionalOf(bindings, type) ?? Object.keys(fields);
      const carried = [...new Set(Object.values(fields))].flatMap((kind) => planKind(bindings, objects, type, kind));
      return [
        type,
        new Topic(
          type,
          carried,
          carried.flatMap((of) => planPlaces(of, places, optional)),
        ),
      ];
    }),
  );
}

/** Which places of an event may be empty; undefined where the bindings do not tell. A type may be called `toString`. */
function optionalOf({ optional }: Bindings, type: string): readonly string[] | undefined {
  return optional && (Object.hasOwn(optional, type) ? optional[type] : []);
}

function planKind(
  { objects: bindings, events }: Bindings,
  objects: ReadonlyMap<string, ObjectsOfKind>,
  type: string,
  kind: string,
): readonly CarriedKind[] {
  const binding = bindings[kind];
  const ofKind = objects.get(kind);
  if (binding === undefined || ofKind === undefined) {
    return [];
  }
  const hasSubject = events[type]?.[binding.field] === kind;
  const isLast = lastEvents.get(type) === kind;
  const mayBeLast = partingEvents.get(type) === kind;
  return [{ kind, binding, hasSubject, isLast, mayBeLast, listeners: new ListenerSet(), ...ofKind }];
}

function planPlaces(
  of: CarriedKind,
  places: readonly (readonly [name: string, kind: string])[],
  optional: readonly string[],
): Place[] {
  return places
    .filter(([, kind]) => kind === of.kind)
    .map(([name]) => {
      const path = name.split('.');
      const isSubject = name === of.binding.field;
      const isOptional = optional.includes(name);
      return { of, isSubject, isOptional, name, parents: path.slice(0, -1), key: path.at(-1) as string };
    });
}
