import type { Property } from '../../codegen/model/types.js';
import type { Json } from './types.js';

/** Fields whose values are worth an example each, though the documents do not list them. */
const listed = new Set([
  'video_mode',
  'technology',
  'destination_type',
  'result',
  'dialstatus',
  'peer_status',
  'support_level',
]);

/** Fields with known values. */
export function enumerated(properties: Iterable<Property>): ReadonlySet<string> {
  return new Set([...listed, ...[...properties].filter(({ values }) => values?.length).map(({ name }) => name)]);
}

/**
 * What there is to see in a message: which fields it has, of which types, empty or not, and which of the known values.
 * A message that shows nothing new beside others need not be kept.
 */
export function facets(message: Json, enums: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  collect(message, '', '', enums, found);
  return found;
}

function collect(value: Json, path: string, key: string, enums: ReadonlySet<string>, found: Set<string>): void {
  found.add(`${path}: ${kind(value)}`);
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) {
      collect(item, `${path}[]`, key, enums, found);
    }
  } else if (typeof value === 'object' && value !== null) {
    const names = Object.keys(value);
    if (!isFree(key)) {
      found.add(`${path} {${names.sort().join()}}`);
    }
    for (const [name, member] of Object.entries(value)) {
      collect(member, isFree(key) ? `${path}.*` : `${path}.${name}`, name, enums, found);
    }
  } else if (enums.has(key) && value !== '') {
    found.add(`${path} = ${value}`);
  }
}

/** Objects whose keys are not Asterisk's. */
function isFree(key: string): boolean {
  return /^(?:channelvars|bridgevars|variables|userevent)$/.test(key);
}

function kind(value: Json): string {
  if (value === null) return 'null';
  if (value === '') return 'empty text';
  if (Array.isArray(value)) return value.length === 0 ? 'empty list' : 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'whole number' : 'number';
  return typeof value;
}
