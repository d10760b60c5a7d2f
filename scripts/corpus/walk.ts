import type { ApiModel, Property, TypeRef } from '../../codegen/model/types.js';
import type { Corpus } from './files.js';
import type { Json } from './types.js';

/** One value of the corpus beside what the bindings say of it. */
export interface Visit {
  /** `Channel.state`; the operation for an answer as a whole. */
  readonly place: string;
  readonly type: TypeRef;
  /** Absent for an answer as a whole, and for items of a list. */
  readonly property?: Property;
  /** Undefined where the property is absent. */
  readonly value: Json | undefined;
  /** The file it is in. */
  readonly file: string;
}

export interface Visitor {
  value(visit: Visit): void;
  /** A field that the bindings do not know. */
  unknown(place: string, value: Json, file: string): void;
}

/** Goes through every value of a corpus with the types of the bindings at hand. */
export function walk(corpus: Corpus, model: ApiModel, visitor: Visitor): void {
  const models = new Map(model.models.map(({ name, properties }) => [name, properties]));
  const walker = new Walker(models, visitor);
  for (const [type, events] of corpus.events) {
    const properties = model.events.find(({ name }) => name === type)?.properties;
    for (const event of events) {
      if (properties === undefined) {
        visitor.unknown(type, event, `events/${type}.json`);
      } else {
        walker.object(type, properties, event, `events/${type}.json`);
      }
    }
  }
  const operations = new Map(model.resources.flatMap((resource) => resource.operations.map((each) => [each.id, each])));
  for (const [id, answers] of corpus.answers) {
    for (const { status, body } of answers) {
      const response = operations.get(id)?.response;
      if (status < 300 && response !== undefined && !isEmpty(response)) {
        walker.value({ place: id, type: response, value: body, file: `answers/${id}.json` });
      }
    }
  }
}

class Walker {
  readonly #models: ReadonlyMap<string, readonly Property[]>;
  readonly #visitor: Visitor;

  constructor(models: ReadonlyMap<string, readonly Property[]>, visitor: Visitor) {
    this.#models = models;
    this.#visitor = visitor;
  }

  value(visit: Visit): void {
    const { type, value, place, file } = visit;
    this.#visitor.value(visit);
    if (type.kind === 'list' && Array.isArray(value)) {
      for (const item of value as readonly Json[]) {
        this.value({ place: `${place}[]`, type: type.of, value: item, file });
      }
    } else if (type.kind === 'model' && isObject(value)) {
      this.object(type.name, this.#models.get(type.name) ?? [], value, file);
    }
  }

  object(name: string, properties: readonly Property[], value: Json, file: string): void {
    const fields = isObject(value) ? value : {};
    for (const property of properties) {
      this.value({
        place: `${name}.${property.name}`,
        type: property.type,
        property,
        value: fields[property.name],
        file,
      });
    }
    const known = new Set(properties.map((property) => property.name));
    for (const [field, member] of Object.entries(fields)) {
      if (!known.has(field)) {
        this.#visitor.unknown(`${name}.${field}`, member, file);
      }
    }
  }
}

export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(type: TypeRef): boolean {
  return type.kind === 'primitive' && (type.name === 'void' || type.name === 'binary');
}
