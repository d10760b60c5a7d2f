import type { Bindings } from '../bindings.js';
import { lastEvents } from './lifetime.js';
import { ListenerSet } from './listener-set.js';
import type { ListenersById } from './listeners-by-id.js';
import { Topic, type CarriedKind, type Place } from './topic.js';

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
  const places = Object.keys(fields)
    .filter((name) => fields[name] === kind)
    .map(placeOf);
  const subject = places.find(({ name }) => name === binding.field);
  return [{ kind, binding, places, subject, isLast: lastEvents[type] === kind, listeners: new ListenerSet(), byId }];
}

function placeOf(name: string): Place {
  const path = name.split('.');
  return { name, parents: path.slice(0, -1), key: path.at(-1) as string };
}
