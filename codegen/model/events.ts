import type { EventHierarchy } from './event-hierarchy.js';
import type { DomainObject, EventModel, EventObject, Model, Property, TypeRef } from './types.js';

/** The events, each with all its properties and with the places of the domain objects in it. */
export function buildEvents(
  { leaves }: EventHierarchy,
  models: readonly Model[],
  objects: readonly DomainObject[],
): readonly EventModel[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  const places = objectFinder(byName, objects);
  return leaves.map(({ name, ancestors }) => {
    const properties = inherited([...ancestors, name].map((model) => byName.get(model)?.properties ?? []));
    const description = byName.get(name)?.description;
    return {
      name,
      ...(description === undefined ? {} : { description }),
      properties,
      objects: properties.flatMap((property) => places(property)),
    };
  });
}

/** The properties of a line of models, the most distant ancestor's first; a later one of the same name takes its place. */
export function inherited(line: readonly (readonly Property[])[]): readonly Property[] {
  const byName = new Map<string, Property>();
  for (const property of line.flat()) byName.set(property.name, property);
  return [...byName.values()];
}

/** Finds domain objects under a property, through models but not through lists. */
function objectFinder(byName: ReadonlyMap<string, Model>, objects: readonly DomainObject[]) {
  const kinds = new Set(objects.map(({ name }) => name));

  const find = (path: string, type: TypeRef, optional: boolean, seen: readonly string[]): readonly EventObject[] => {
    if (type.kind !== 'model') return [];
    if (kinds.has(type.name)) return [{ path, object: type.name, optional }];
    if (seen.includes(type.name)) return [];
    return (byName.get(type.name)?.properties ?? []).flatMap((property) =>
      find(`${path}.${property.name}`, property.type, optional || isAbsentable(property), [...seen, type.name]),
    );
  };
  return (property: Property) => find(property.name, property.type, isAbsentable(property), []);
}

function isAbsentable({ optional, nullable }: Property): boolean {
  return optional || nullable;
}
