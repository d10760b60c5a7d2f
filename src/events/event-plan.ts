import type { Bindings, ObjectBinding } from '../bindings.js';
import { lastEvents } from './lifetime.js';
import { ListenerSet } from './listener-set.js';
import type { ListenersById } from './listeners-by-id.js';
import { Topic, type CarriedKind, type Place } from './topic.js';

/** An event as parsed: fields by name. */
export type RawEvent = Record<string, unknown>;

/**
 * A topic for every type of event, with what it carries worked out once, so that an event costs only look-ups.
 * @param objects listeners of single objects, by kind
 */
export function planEvents(bindings: Bindings, objects: ReadonlyMap<string, ListenersById>): Map<string, Topic> {
  return new Map(
    Object.entries(bindings.events).map(([type, fields]) => {
      const kinds = [...new Set(Object.values(fields))];
      return [
        type,
        new Topic(
          type,
          kinds.flatMap((kind) => planKind(bindings, objects, type, kind)),
        ),
      ];
    }),
  );
}

function planKind(
  bindings: Bindings,
  objects: ReadonlyMap<string, ListenersById>,
  type: string,
  kind: string,
): readonly CarriedKind[] {
  const binding = bindings.objects[kind];
  const byId = objects.get(kind);
  if (binding === undefined || byId === undefined) {
    return [];
  }
  const fields = bindings.events[type] ?? {};
  const places: Place[] = Object.keys(fields)
    .filter((name) => fields[name] === kind)
    .map((name) => ({ name, path: name.split('.') }));
  const subject = places.find(({ name }) => name === binding.field);
  return [{ kind, binding, places, subject, isLast: lastEvents[type] === kind, listeners: new ListenerSet(), byId }];
}

/** What stands at a place; undefined if nothing does. */
export function read(event: RawEvent, place: Place): unknown {
  let value: unknown = event;
  for (const name of place.path) {
    if (typeof value !== 'object' || value === null) {
      return undefined;
    }
    value = (value as RawEvent)[name];
  }
  return value ?? undefined;
}

/** Puts a value in the place of the one that stands there. */
export function replace(event: RawEvent, place: Place, value: unknown): void {
  const parent = place.path.slice(0, -1).reduce((at, name) => at[name] as RawEvent, event);
  parent[place.path.at(-1) as string] = value;
}

/** The id of raw data of one kind: `PJSIP/alice`. */
export function idOfData(binding: ObjectBinding, data: unknown): string {
  const fields = data as RawEvent;
  const [first, second] = binding.keys;
  return second === undefined ? String(fields[first as string]) : binding.keys.map((key) => fields[key]).join('/');
}
