import { expect, it } from 'vitest';
import { emit } from '../../../codegen/emit/index.js';
import type { ApiModel } from '../../../codegen/model/types.js';
import {
  apiModel,
  data,
  domainObject,
  event,
  int,
  model,
  operation,
  parameter,
  pathParameter,
  property,
  resource,
} from './fixtures/build.js';

const thing = domainObject('Thing', 'things');
const things = resource('things', [
  operation('things.stop', 'DELETE /things/{thingId}', {
    parameters: [pathParameter('thingId', { accepts: 'Thing' })],
    target: { object: 'Thing', bound: ['thingId'] },
  }),
]);
const thingData = data('Thing', [property('id')]);

const refused: [what: string, model: ApiModel, message: RegExp][] = [
  [
    'an event with the name of something in the runtime',
    apiModel({ events: [event('NotFoundError', [], [], { file: 'events.json' })] }),
    /^events\.json: event 'NotFoundError': the name cannot be that of a TypeScript type: it is taken, and an event/,
  ],
  [
    'an event with the name of what the client tells besides',
    apiModel({ events: [event('gap', [])] }),
    /event 'gap': the name cannot be/,
  ],
  [
    'an event with the name of what a listener of objects receives',
    apiModel({ resources: [things], objects: [thing], models: [thingData], events: [event('ThingEvents', [])] }),
    /event 'ThingEvents': the name cannot be/,
  ],
  [
    'an event whose file would be another',
    apiModel({ events: [event('Index', [])] }),
    /event 'Index': the name cannot be/,
  ],
  [
    'a resource whose files Windows does not take',
    apiModel({ resources: [resource('aux', [], { file: 'aux.json' })] }),
    /^aux\.json: resource aux: Windows takes no files of the name/,
  ],
  [
    'parameters of two resources under one name',
    apiModel({
      resources: [
        resource('a', [operation('a.bC', 'GET /a', { parameters: [parameter('x')] })]),
        resource('aB', [operation('aB.c', 'GET /b', { parameters: [parameter('x')] })], { file: 'aB.json' }),
      ],
    }),
    /^aB\.json: params\/aB\.ts: the name 'ABCParams' is already that of something in params\/a\.ts/,
  ],
  [
    'names that differ in case only, for their files',
    apiModel({ models: [data('Peer', []), data('PEER', [], { file: 'x.json' })] }),
    /^x\.json: two files of the output would be one: models\/Peer\.ts and models\/PEER\.ts/,
  ],
  ['a model whose name is no type', apiModel({ models: [data('a b', [])] }), /model 'a b': the name cannot be/],
  ['an event whose name is no type', apiModel({ events: [event('class', [])] }), /event 'class': the name cannot be/],
  [
    'a domain object without its model',
    apiModel({ resources: [things], objects: [thing] }),
    /domain object Thing: no model 'Thing'/,
  ],
  [
    'a domain object without its key',
    apiModel({ resources: [things], objects: [thing], models: [data('Thing', [property('name')])] }),
    /domain object Thing: its key 'id' is no property of the model/,
  ],
  ...[
    property('id', { optional: true }),
    property('id', { nullable: true }),
    property('id', { alsoNumber: true }),
    property('id', { type: int }),
  ].map((key): [string, ApiModel, RegExp] => [
    `a domain object with the key ${JSON.stringify(key)}`,
    apiModel({ resources: [things], objects: [thing], models: [data('Thing', [key], { file: 'things.json' })] }),
    /^things\.json: domain object Thing: its key 'id' is not a required string/,
  ]),
  [
    'a bound parameter that is no key',
    apiModel({
      resources: [things],
      models: [thingData],
      objects: [{ ...thing, keys: [{ field: 'id', parameter: 'other' }] }],
    }),
    /operation things\.stop: its parameter 'thingId' is bound to Thing, which has no such key \(allowed: other\)/,
  ],
];

it.each(refused)('refuses %s', (_what, model, message) => {
  expect(() => emit(model)).toThrow(message);
});

it('gives way with an underscore, operations before fields', () => {
  const files = emit(
    apiModel({
      resources: [things],
      models: [data('Thing', [property('id'), property('stop'), property('toJSON'), property('name')])],
      objects: [thing],
    }),
  );
  const text = files.get('objects/Thing.ts') ?? '';
  const accessors = [...text.matchAll(/get (\w+)\(\)/g)].map(([, name]) => name);
  expect(accessors).toEqual(['id', 'stop_', 'toJSON_', 'name']);
  expect(text).toContain('  stop(options?: RequestOptions): Promise<void> {');
});

it('models and classes of resources give way to everything else', () => {
  const files = emit(
    apiModel({
      resources: [
        resource('things', [operation('things.list', 'GET /things', { response: model('things') })]),
        resource('promise', [operation('promise.get', 'GET /promise', { response: model('Promise') })]),
        resource('delete', [operation('delete.delete', 'GET /delete', { response: model('Dial') })]),
      ],
      models: [
        'Promise Promise_ Dial Operation string s things Con ThingHandle Delete',
        'constructor toString toJSON hasOwnProperty',
      ]
        .flatMap((names) => names.split(' '))
        .map((name) => data(name, [property('id', { type: model('Promise') })])),
      events: [event('Dial', [])],
    }),
  );
  expect([...files.keys()].filter((path) => /^(?:models|repositories)\//.test(path))).toEqual([
    'repositories/Things.ts',
    'repositories/Promise_.ts',
    'repositories/Delete.ts',
    'models/Promise__.ts',
    'models/Promise___.ts',
    ...['Dial_', 'Operation_', 'string_', 's_', 'things_', 'Con_'].map((name) => `models/${name}.ts`),
    'models/ThingHandle.ts',
    'models/Delete_.ts',
    ...['constructor_', 'toString', 'toJSON', 'hasOwnProperty'].map((name) => `models/${name}.ts`),
  ]);
  expect(files.get('repositories/Promise_.ts')).toContain('get(options?: RequestOptions): Promise<Promise__> {');
  expect(files.get('repositories/Delete.ts')).toContain("import * as delete_ from '../operations/delete.js';");
  expect(files.get('repositories/Delete.ts')).toContain('return this.invoke(delete_.delete_, undefined, options);');
  expect(files.get('schemas/models.ts')).toContain('export const Dial_: s.Part = s.model({');
});
