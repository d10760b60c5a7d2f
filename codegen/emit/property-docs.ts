import type { Property } from '../model/types.js';
import { code, docs, foreign, sentence } from './docs.js';
import { title } from './words.js';

/** Names whose unit the name itself does not show. */
const units: readonly (readonly [pattern: RegExp, unit: string])[] = [
  [/(?:_ms|Ms)$|^(?:offset|skip)ms$/, 'milliseconds'],
  [/(?:_usec|_us)$/, 'microseconds'],
  [/(?:Seconds|_seconds|_secs)$/, 'seconds'],
];

/** The unit that a name shows. */
function unitOf(name: string): string | undefined {
  return units.find(([pattern]) => pattern.test(name))?.[1];
}

/** What is to be said of a value read. */
export function propertyDocs(property: Property): string[] {
  const { name, type, values, nullable, correction } = property;
  const item = type.kind === 'list' ? type.of : type;
  return docs([
    describe(name, property.description),
    item.kind === 'primitive' && item.name === 'date'
      ? 'A date as Asterisk writes it; {@link toDate} converts it.'
      : undefined,
    values === undefined || values.length === 0 ? undefined : knownValues(property.description, values),
    nullable && correction === undefined ? '`null` where there is none.' : undefined,
    sentence(foreign(correction)),
  ]);
}

function knownValues(description: string | undefined, values: readonly string[]): string {
  const known = tellsAll(description, values) ? undefined : `Known values: ${values.map(code).join(', ')}.`;
  return known === undefined ? 'Other values may come.' : `${known} Others may come.`;
}

/** Whether a description names every value: then no list of them is needed. */
export function tellsAll(description: string | undefined, values: readonly string[]): boolean {
  return values.every((value) => description?.includes(code(value)));
}

/** The description that the documents give, or what the name says. */
export function describe(name: string, description: string | undefined): string {
  const text = sentence(foreign(description)) || `${title(name)}.`;
  const unit = unitOf(name);
  return unit === undefined || text.toLowerCase().includes(unit.slice(0, -1)) ? text : `${text} In ${unit}.`;
}
