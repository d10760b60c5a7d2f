import type { OptionalKind, PropertySignatureStructure } from 'ts-morph';
import type { Property } from '../model/types.js';
import { propertyName } from './names.js';
import { propertyDocs } from './property-docs.js';
import { propertyText, type TypeContext } from './types.js';
import { layout } from './union-layout.js';

/** A readonly property of an interface of values read. */
export function readProperty(property: Property, context: TypeContext): OptionalKind<PropertySignatureStructure> {
  const name = propertyName(property.name);
  return {
    name,
    type: layout(propertyText(property, context), name.length + 14),
    isReadonly: true,
    hasQuestionToken: property.optional,
    docs: propertyDocs(property),
  };
}
