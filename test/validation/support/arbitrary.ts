import fc from 'fast-check';
import type { ApiModel, EventModel, Model, Property, TypeRef } from '../../../codegen/model/types.js';

/** Values of the types that a model describes. */
export class Arbitraries {
  readonly #models: ReadonlyMap<string, Model>;

  constructor(model: ApiModel) {
    this.#models = new Map(model.models.map((each) => [each.name, each]));
  }

  /** An event as Asterisk could send it. */
  event({ name, properties }: EventModel): fc.Arbitrary<Record<string, unknown>> {
    return this.#object(properties.filter((property) => property.name !== 'type')).map((fields) => ({
      type: name,
      ...fields,
    }));
  }

  /** A value of a type; with fields that no document knows, as later releases send them. */
  value(type: TypeRef): fc.Arbitrary<unknown> {
    switch (type.kind) {
      case 'primitive':
        return primitives[type.name];
      case 'list':
        return fc.array(this.value(type.of), { maxLength: 3 });
      case 'map':
        return fc.dictionary(key, type.of === 'string' ? text : jsonValue, { maxKeys: 3 });
      case 'model':
        return this.#object(this.#models.get(type.name)?.properties ?? []);
    }
  }

  #object(properties: readonly Property[]): fc.Arbitrary<Record<string, unknown>> {
    const fields = Object.fromEntries(properties.map((property) => [property.name, this.#property(property)]));
    const requiredKeys = properties.filter(({ optional }) => !optional).map(({ name }) => name);
    return fc
      .tuple(fc.record(fields, { requiredKeys }), fc.option(jsonValue, { nil: undefined, freq: 10 }))
      .map(([object, extra]) => ({ ...object, ...(extra === undefined ? {} : { later_field: extra }) }));
  }

  #property({ type, nullable, alsoNumber, values = [] }: Property): fc.Arbitrary<unknown> {
    const plain = values.length > 0 && type.kind === 'primitive' ? fc.constantFrom(...values) : this.value(type);
    return fc.oneof(
      { arbitrary: plain, weight: 8 },
      // Other values than the listed ones are just as good.
      { arbitrary: this.value(type), weight: 1 },
      ...(nullable ? [{ arbitrary: fc.constant(null), weight: 2 }] : []),
      ...(alsoNumber ? [{ arbitrary: fc.integer(), weight: 2 }] : []),
    );
  }
}

const text = fc.string({ maxLength: 12 });
/** JSON has no prototype: `__proto__` would not survive being copied. */
const key = fc.string({ minLength: 1, maxLength: 8 }).filter((name) => name !== '__proto__');
const jsonValue = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 2 }));
const date = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((moment) => moment.toISOString().replace('Z', '+0000'));

const primitives = {
  string: text,
  date,
  int: fc.integer(),
  long: fc.maxSafeInteger(),
  double: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
  boolean: fc.boolean(),
  void: fc.constant(undefined),
  binary: fc.constant(undefined),
} as const;
