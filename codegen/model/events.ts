import { CodegenError } from '../errors.js';
import { limits } from '../limits.js';
import type { EventHierarchy } from './event-hierarchy.js';
import { placesOf } from './places.js';
import type { DomainObject, EventModel, Model, Property } from './types.js';

/** The events, each with all its properties and with the places of the domain objects in it. */
export function buildEvents(
  { leaves }: EventHierarchy,
  models: readonly Model[],
  objects: readonly DomainObject[],
): readonly EventModel[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  return leaves.map(({ name, ancestors }) => {
    const { file, description } = byName.get(name) ?? {};
    const place = { file, at: `event ${name}` };
    const properties = inherited([...ancestors, name].map((model) => byName.get(model)?.properties ?? []));
    if (properties.length > limits.properties) {
      throw new CodegenError(`more than ${limits.properties} properties, those inherited included`, place);
    }
    return {
      name,
      ...(file === undefined ? {} : { file }),
      ...(description === undefined ? {} : { description }),
      properties,
      objects: placesOf(place, properties, byName, objects),
    };
  });
}

/** The properties of a line of models, the most distant ancestor's first; a later one of the same name takes its place. */
export function inherited(line: readonly (readonly Property[])[]): readonly Property[] {
  const byName = new Map<string, Property>();
  for (const property of line.flat()) byName.set(property.name, property);
  return [...byName.values()];
}
