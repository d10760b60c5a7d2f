import { describe, expect, it } from 'vitest';
import { emit } from '../../../codegen/emit/index.js';
import { schemaText, shapeText } from '../../../codegen/emit/schemas/schema-text.js';
import { orderModels } from '../../../codegen/emit/schemas/model-order.js';
import { Scope } from '../../../codegen/emit/scope.js';
import { emitBindings } from '../../../codegen/emit/bindings.js';
import { render } from '../../../codegen/emit/render.js';
import type { ApiModel, Model, Property, TypeRef } from '../../../codegen/model/types.js';
import { places } from './fixtures/places.js';
import { playbacks } from './fixtures/playbacks.js';

const text: TypeRef = { kind: 'primitive', name: 'string' };
const of = (name: string): TypeRef => ({ kind: 'model', name });

describe('the schema of a value', () => {
  it.each<[given: TypeRef, want: string]>([
    [text, 's.text'],
    [{ kind: 'primitive', name: 'date' }, 's.date'],
    [{ kind: 'primitive', name: 'int' }, 's.whole'],
    [{ kind: 'primitive', name: 'long' }, 's.whole'],
    [{ kind: 'primitive', name: 'double' }, 's.number'],
    [{ kind: 'primitive', name: 'boolean' }, 's.flag'],
    [of('Thing'), 'models.Thing'],
    [{ kind: 'list', of: text }, 's.list(s.text)'],
    [{ kind: 'list', of: { kind: 'list', of: of('Thing') } }, 's.list(s.list(models.Thing))'],
    [{ kind: 'map', of: 'string' }, 's.map(s.text)'],
    [{ kind: 'map', of: 'unknown' }, 's.map(s.anything)'],
  ])('%j is %s', (given, want) => {
    expect(schemaText(given, (name) => `models.${name}`)).toBe(want);
  });
});

describe('the schema of a field', () => {
  const plain: Property = { name: 'field', type: text, optional: false, nullable: false };
  it.each<[what: string, given: Partial<Property>, want: string]>([
    ['a plain one', {}, 'field: s.text'],
    ['one that may be absent', { optional: true }, 'field: s.optional(s.text)'],
    ['one that may be null', { nullable: true }, 'field: s.nullable(s.text)'],
    ['one that may be either', { optional: true, nullable: true }, 'field: s.optional(s.nullable(s.text))'],
    ['one with known values', { values: ['a', "b'c"] }, "field: s.open('a', 'b\\'c')"],
    ['a list of known values', { type: { kind: 'list', of: text }, values: ['a'] }, "field: s.list(s.open('a'))"],
    ['a number with known values', { type: { kind: 'primitive', name: 'int' }, values: ['1'] }, 'field: s.whole'],
    ['one that may be a number', { alsoNumber: true, optional: true }, 'field: s.optional(s.either(s.text, s.number))'],
    ['one with an odd name', { name: 'x-id' }, "'x-id': s.text"],
  ])('%s', (_what, given, want) => {
    expect(shapeText([{ ...plain, ...given }], String)).toBe(`{\n  ${want},\n}`);
  });
});

describe('the order of models', () => {
  const model = (name: string, ...references: string[]): Model => ({
    name,
    holdsObjects: false,
    properties: references.map((each) => ({ name: each, type: of(each), optional: true, nullable: false })),
  });
  const order = (...models: Model[]) =>
    orderModels(models).map(({ model: { name }, later }) =>
      later.size > 0 ? `${name} before ${[...later].join()}` : name,
    );

  it('is that of the documents where nothing speaks against it', () => {
    expect(order(model('A'), model('B'), model('C', 'A'))).toEqual(['A', 'B', 'C']);
  });

  it('puts before a model what it refers to', () => {
    expect(order(model('A', 'B'), model('B', 'C'), model('C'))).toEqual(['C', 'B', 'A']);
  });

  it('tells what must be referred to before it is there', () => {
    expect(order(model('A', 'B'), model('B', 'A'), model('C', 'C'))).toEqual(['B before A', 'A', 'C before C']);
  });
});

it('the envelope is what all events have: texts that are always there', () => {
  const envelope = (model: ApiModel): string => {
    const bindings = render([emitBindings(new Scope(model))], '//').get('bindings.ts') ?? '';
    return /envelope: .*/.exec(bindings)?.[0] ?? '';
  };
  const [event] = places.events;
  const field = (name: string, more: object = {}) => ({ name, type: text, optional: false, nullable: false, ...more });
  const first = { ...event, properties: [field('type'), field('a'), field('b'), field('c', { optional: true })] };
  const second = { ...event, name: 'Other', properties: [field('type'), field('b'), field('c'), field('d')] };
  expect(envelope({ ...places, events: [first, second] as never })).toBe("envelope: ['b'],");
  expect(envelope({ ...places, events: [] })).toBe('envelope: [],');
});

it('schemas are no part of the index: whoever does not ask for them does not load zod', () => {
  const files = emit(playbacks);
  expect([...files.keys()].filter((path) => path.startsWith('schemas/'))).toHaveLength(3);
  for (const [path, content] of files) {
    if (!path.startsWith('schemas/')) {
      expect(content).not.toMatch(/^(?:import|export) .*(?:schemas|validation)/m);
    }
  }
  expect(files.get('bindings.ts')).toContain("schemas: () => import('./schemas/index.js')");
});
