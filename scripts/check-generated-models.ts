import { PROPERTY_CORRECTIONS } from '../codegen/model/corrections.js';
import { OBJECT_TABLE } from '../codegen/model/object-table.js';
import type { Documents, ModelDocument, PropertyDocument, Result } from './check-generated-documents.js';
import { literalsOf, propertiesOf, type Bindings, type PropertySource } from './check-generated-source.js';

/** Every model that is no event: its interface, its properties, their known values; and the accessors of objects. */
export function checkModels({ models }: Documents, bindings: Bindings): Result {
  const events = new Set(Object.entries(models).flatMap(([name, { subTypes }]) => (subTypes ? [name] : [])));
  for (const name of models['Event']?.subTypes ?? []) {
    events.add(name);
  }
  const missing: string[] = [];
  let checked = 0;
  for (const [name, model] of Object.entries(models)) {
    if (!events.has(name)) {
      missing.push(...checkModel(name, model, bindings).map((message) => `model ${name}: ${message}`));
      checked += 1 + Object.keys(model.properties).length;
    }
  }
  return { missing, checked };
}

function checkModel(name: string, { properties }: ModelDocument, bindings: Bindings): string[] {
  const object = OBJECT_TABLE.find((each) => each.name === name);
  const typeName = object ? `${name}Data` : name;
  const found = propertiesOf(bindings.text(`models/${typeName}.ts`), typeName);
  if (found === undefined) {
    return [`no interface ${typeName}`];
  }
  const objectClass = bindings.text(`objects/${name}.ts`);
  return Object.entries(properties).flatMap(([field, document]) => {
    const property = found.get(field);
    if (property === undefined) {
      return [`no property ${field}`];
    }
    const accessor = !object || new RegExp(`^  get '?${field}_*'?\\(\\)`, 'm').test(objectClass);
    return checkValues(`${name}.${field}`, document, property).concat(accessor ? [] : `no accessor ${field}`);
  });
}

/** Known values are all there but those that a correction drops, and the type stays open. */
export function checkValues(place: string, { allowableValues }: PropertyDocument, { type }: PropertySource): string[] {
  const values = allowableValues?.values ?? [];
  const dropped = PROPERTY_CORRECTIONS.find((correction) => correction.place === place)?.change.values?.drop ?? [];
  const literals = literalsOf(type);
  const absent = values.filter((value) => !literals.has(value) && !dropped.includes(value));
  return [
    ...(absent.length > 0 ? [`${place} lacks the values ${absent.join(', ')}`] : []),
    ...(values.length > 0 && !type.includes('(string & {})') ? [`${place} is closed to other values`] : []),
  ];
}
