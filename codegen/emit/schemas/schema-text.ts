import type { PrimitiveName, Property, TypeRef } from '../../model/types.js';
import { propertyName, quote } from '../names.js';

/** How the schema of a model is called where a schema refers to it. */
export type ModelReference = (name: string) => string;

/** The alias under which schemas import what they are made of. */
export const kit = 's';

const primitives: Readonly<Record<PrimitiveName, string>> = {
  string: 'text',
  date: 'date',
  int: 'whole',
  long: 'whole',
  double: 'number',
  boolean: 'flag',
  void: 'anything',
  binary: 'anything',
};

/** The schema of a value read. */
export function schemaText(ref: TypeRef, reference: ModelReference): string {
  switch (ref.kind) {
    case 'primitive':
      return `${kit}.${primitives[ref.name]}`;
    case 'model':
      return reference(ref.name);
    case 'list':
      return `${kit}.list(${schemaText(ref.of, reference)})`;
    case 'map':
      return `${kit}.map(${kit}.${ref.of === 'string' ? 'text' : 'anything'})`;
  }
}

/** The fields of an object, one a line. */
export function shapeText(properties: readonly Property[], reference: ModelReference): string {
  const lines = properties.map(
    (property) => `  ${propertyName(property.name)}: ${propertySchema(property, reference)},\n`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}}`;
}

function propertySchema(property: Property, reference: ModelReference): string {
  const { type, values = [], alsoNumber, nullable, optional } = property;
  const plain = values.length > 0 ? openText(type, values, reference) : schemaText(type, reference);
  const wrappers = [...(nullable ? ['nullable'] : []), ...(optional ? ['optional'] : [])];
  const base = alsoNumber ? `${kit}.either(${plain}, ${kit}.number)` : plain;
  return wrappers.reduce((text, wrapper) => `${kit}.${wrapper}(${text})`, base);
}

/** Known values, of a text or of the texts in a list; of anything else they say nothing that a schema could. */
function openText(type: TypeRef, values: readonly string[], reference: ModelReference): string {
  if (type.kind === 'list') {
    return `${kit}.list(${openText(type.of, values, reference)})`;
  }
  if (type.kind !== 'primitive' || type.name !== 'string') {
    return schemaText(type, reference);
  }
  return `${kit}.open(${values.map(quote).join(', ')})`;
}
