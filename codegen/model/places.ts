import { CodegenError, type ErrorPlace } from '../errors.js';
import { limits } from '../limits.js';
import type { DomainObject, EventObject, Model, Property } from './types.js';

/** A property on the way to an object: the models passed on it, and whether it may be missing. */
interface Step {
  readonly path: string;
  readonly property: Property;
  readonly optional: boolean;
  readonly passed: readonly string[];
}

/**
 * Where an event carries domain objects: under its properties, through models but not through lists. Models that refer to
 * one another offer more ways than can be walked, so that there is an end to both the places and the search.
 */
export function placesOf(
  place: ErrorPlace,
  properties: readonly Property[],
  byName: ReadonlyMap<string, Model>,
  objects: readonly DomainObject[],
): readonly EventObject[] {
  const kinds = new Set(objects.map(({ name }) => name));
  const found: EventObject[] = [];
  let steps = 0;

  const walk = ({ path, property: { name, type, ...property }, optional, passed }: Step): void => {
    steps += 1;
    if (found.length > limits.places || steps > limits.places * limits.properties) {
      throw new CodegenError('the models in it refer to one another in too many ways', place);
    }
    if (type.kind !== 'model' || passed.includes(type.name)) return;
    const model = byName.get(type.name);
    const isObject = kinds.has(type.name);
    if (!isObject && !model?.holdsObjects) return;

    const at = path === '' ? name : `${path}.${name}`;
    const mayBeMissing = optional || property.optional || property.nullable;
    if (name.includes('.')) throw new CodegenError(`'${name}' leads to an object: it may have no dot`, place);
    if (isObject) {
      found.push({ path: at, object: type.name, optional: mayBeMissing });
      return;
    }
    for (const next of model?.properties ?? []) {
      walk({ path: at, property: next, optional: mayBeMissing, passed: [...passed, type.name] });
    }
  };
  for (const property of properties) walk({ path: '', property, optional: false, passed: [] });
  return found;
}
