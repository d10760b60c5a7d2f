import type { Bindings, ObjectBinding } from '../bindings.js';

/** An event as parsed: fields by name. */
export type RawEvent = Record<string, unknown>;

/** The objects of one kind that an event type can carry, worked out once so that an event costs only look-ups. */
export interface CarriedKind {
  readonly kind: string;
  readonly binding: ObjectBinding;
  readonly places: readonly Place[];
  /** The place whose object is handed to listeners; without one they get a record of all. */
  readonly subject: Place | undefined;
}

/** A field of an event, nested ones by several names. */
export interface Place {
  /** Dotted, as the table writes it: `refer_to.bridge`. */
  readonly name: string;
  readonly path: readonly string[];
}

/** For every event type the kinds of objects that it carries. */
export function planEvents(bindings: Bindings): Map<string, readonly CarriedKind[]> {
  return new Map(Object.entries(bindings.events).map(([type, fields]) => [type, planEvent(bindings, fields)]));
}

function planEvent(bindings: Bindings, fields: Readonly<Record<string, string>>): readonly CarriedKind[] {
  const kinds = [...new Set(Object.values(fields))];
  return kinds.flatMap((kind) => {
    const binding = bindings.objects[kind];
    if (binding === undefined) {
      return [];
    }
    const names = Object.keys(fields).filter((name) => fields[name] === kind);
    const places = names.map((name) => ({ name, path: name.split('.') }));
    return [{ kind, binding, places, subject: places.find(({ name }) => name === binding.field) }];
  });
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
