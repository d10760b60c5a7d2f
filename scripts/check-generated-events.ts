import { OBJECT_TABLE } from '../codegen/model/object-table.js';
import type { Documents, Result } from './check-generated-documents.js';
import { checkValues } from './check-generated-models.js';
import { propertiesOf, type Bindings } from './check-generated-source.js';

/** Every event: its interface with all its properties, its place in the union and the map, its row in the table. */
export function checkEvents({ models }: Documents, bindings: Bindings): Result {
  const names = models['Event']?.subTypes ?? [];
  const missing = names.flatMap((name) =>
    checkEvent(name, models, bindings).map((message) => `event ${name}: ${message}`),
  );
  const union = unionOf(bindings);
  const foreign = [...union].filter((name) => !names.includes(name));
  missing.push(...foreign.map((name) => `event ${name}: in the union, not in the documents`));
  return { missing, checked: names.length };
}

function checkEvent(name: string, models: Documents['models'], bindings: Bindings): string[] {
  const found = propertiesOf(bindings.text(`events/${name}.ts`), name);
  if (found === undefined) {
    return ['no interface'];
  }
  const missing: string[] = [];
  if (found.get('type')?.type !== `'${name}'`) {
    missing.push('its type is no discriminant');
  }
  const documented = { ...models['Message']?.properties, ...models['Event']?.properties, ...models[name]?.properties };
  for (const [field, document] of Object.entries(documented)) {
    const property = found.get(field);
    missing.push(...(property ? checkValues(`${name}.${field}`, document, property) : [`no property ${field}`]));
    for (const [path, object] of objectsIn(field, document.type, models)) {
      missing.push(...checkObject(name, path, object, bindings));
    }
  }
  return [
    ...missing,
    ...(unionOf(bindings).has(name) ? [] : ['not in the union AriEvent']),
    ...(propertiesOf(bindings.text('events/index.ts'), 'AriEventMap')?.has(name) ? [] : ['not in AriEventMap']),
    ...(rowOf(name, bindings) === undefined ? ['no row in the table of events'] : []),
  ];
}

/** Where a property holds domain objects: itself, or one level down. */
function objectsIn(field: string, type: string, models: Documents['models']): [path: string, object: string][] {
  if (OBJECT_TABLE.some(({ name }) => name === type)) {
    return [[field, type]];
  }
  return Object.entries(models[type]?.properties ?? {}).flatMap(([inner, document]) =>
    OBJECT_TABLE.some(({ name }) => name === document.type) ? [[`${field}.${inner}`, document.type]] : [],
  );
}

function checkObject(event: string, path: string, object: string, bindings: Bindings): string[] {
  const entry = new RegExp(`(?:^|[\\s'])${path}'?: '${object}'`);
  const heard = propertiesOf(bindings.text('events/index.ts'), `${object}Events`)?.get(event);
  return [
    ...(entry.test(rowOf(event, bindings) ?? '') ? [] : [`its row does not tell of the ${object} in ${path}`]),
    ...(heard?.type.includes(`event: ${event}`) ? [] : [`cannot be heard on a ${object}`]),
  ];
}

function unionOf(bindings: Bindings): ReadonlySet<string> {
  const members = /^export type AriEvent =([^;]*);/m.exec(bindings.text('events/index.ts'))?.[1] ?? '';
  return new Set(members.split('|').flatMap((name) => name.trim() || []));
}

/** What the table says of an event, between its braces. */
function rowOf(name: string, bindings: Bindings): string | undefined {
  return new RegExp(`^    ${name}: \\{([^}]*)\\}`, 'm').exec(bindings.text('bindings.ts'))?.[1];
}
