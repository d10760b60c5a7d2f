import type { EventModel, Model, Property, PrimitiveName, TypeRef } from '../model/types.js';
import type { Json } from './types.js';

const PRIMITIVES: Readonly<Record<Exclude<PrimitiveName, 'void'>, Json>> = {
  string: { type: 'string' },
  int: { type: 'integer', format: 'int32' },
  long: { type: 'integer', format: 'int64' },
  double: { type: 'number', format: 'double' },
  boolean: { type: 'boolean' },
  // no `date-time`, whose offsets have a colon
  date: { type: 'string', examples: ['2026-11-23T01:23:45.678+0000'] },
  binary: { type: 'string', contentMediaType: 'application/octet-stream' },
};

/** The schema of something that has fields. */
interface ObjectSchema extends Json {
  readonly properties: Readonly<Record<string, Json>>;
}

/** How a model or an event is named from anywhere in the document. */
export function reference(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

/** The schema of a type; undefined for no value at all. */
export function schemaOf(type: TypeRef): Json | undefined {
  switch (type.kind) {
    case 'primitive':
      return type.name === 'void' ? undefined : PRIMITIVES[type.name];
    case 'model':
      return reference(type.name);
    case 'list':
      return { type: 'array', items: schemaOf(type.of) ?? {} };
    case 'map':
      return { type: 'object', additionalProperties: valueOf(type.of) };
  }
}

function valueOf(of: 'string' | 'variable' | 'unknown'): Json {
  switch (of) {
    case 'string':
      return { type: 'string' };
    case 'variable': {
      const value = { type: ['string', 'number'] };
      const object = { type: 'object', properties: { value, report_events: { type: 'boolean' } }, required: ['value'] };
      return { anyOf: [value, object] };
    }
    case 'unknown':
      return {};
  }
}

/** What Asterisk sends: other fields than these may come, and other words than the known ones. */
export function objectSchema({ description, properties }: Pick<Model, 'description' | 'properties'>): ObjectSchema {
  const required = properties.filter(({ optional }) => !optional).map(({ name }) => name);
  return {
    type: 'object',
    ...(description !== undefined && { description }),
    properties: Object.fromEntries(properties.map((property) => [property.name, propertySchema(property)])),
    ...(required.length > 0 && { required }),
  };
}

/** An event: its `type` is its name. */
export function eventSchema(event: EventModel): Json {
  const { properties, ...schema } = objectSchema(event);
  return { ...schema, properties: { ...properties, type: { ...properties['type'], const: event.name } } };
}

function propertySchema({ type, nullable, alsoNumber, values, description }: Property): Json {
  const bare = schemaOf(type) ?? {};
  const others = [...(alsoNumber ? [{ type: 'number' }] : []), ...(nullable ? [{ type: 'null' }] : [])];
  return {
    ...(others.length > 0 ? { anyOf: [bare, ...others] } : bare),
    ...(description !== undefined && { description }),
    ...(values !== undefined && { examples: values }),
  };
}
