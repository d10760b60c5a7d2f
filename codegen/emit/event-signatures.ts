import type { DomainObject, EventModel, EventObject } from '../model/types.js';
import { camelCase, lowerFirst, propertyName } from './names.js';
import { plural } from './words.js';

/**
 * What a listener on an object, or on its repository, receives: `[channel: Channel, event: StasisStart]`. Where the
 * event has no field of the object's own name (`Dial`), a record of field to object stands in its place.
 */
export function signature(object: DomainObject, event: EventModel, places: readonly EventObject[]): string {
  const own = places.find(({ path }) => path === object.eventField);
  if (own !== undefined) {
    return `[${subject(object, own, places)}, event: ${event.name}]`;
  }
  const label = plural(lowerFirst(object.name));
  const fields = places.map((place) => field(object, place, places));
  const line = `[${label}: { ${fields.join('; ')} }, event: ${event.name}]`;
  if (event.name.length + line.length <= 115) {
    return line;
  }
  return `[\n  ${label}: {\n${fields.map((each) => `    ${each};\n`).join('')}  },\n  event: ${event.name},\n]`;
}

/**
 * Listeners are called only if the event carries such an object; so one place alone is never empty there, whatever the
 * documents say, while with several places it may be another one that is filled.
 */
function subject(object: DomainObject, own: EventObject, places: readonly EventObject[]): string {
  const mayBeAbsent = own.optional && places.length > 1;
  return `${camelCase(object.eventField)}: ${object.name}${mayBeAbsent ? ' | undefined' : ''}`;
}

function field(object: DomainObject, { path, optional }: EventObject, places: readonly EventObject[]): string {
  return `readonly ${propertyName(path)}${optional && places.length > 1 ? '?' : ''}: ${object.name}`;
}
