import { expect, it } from 'vitest';
import { emit } from '../../../codegen/emit/index.js';
import type { ApiModel } from '../../../codegen/model/types.js';
import { apiModel, data, domainObject, event, operation, pathParameter, property, resource } from './fixtures/build.js';

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
    'a model and an event of one name',
    apiModel({ models: [data('Dial', [])], events: [event('Dial', [])] }),
    /models\/Dial\.ts: the name 'Dial' is already that of something in events\/Dial\.ts/,
  ],
  [
    'a model with the name of something in the runtime',
    apiModel({ models: [data('NotFoundError', [])] }),
    /'NotFoundError' is already that of something in asterisk-ari\/runtime/,
  ],
  [
    'a model with a name that a generated file imports',
    apiModel({ models: [data('Operation', [])] }),
    /'Operation' is already/,
  ],
  [
    'names that differ in case only, for their files',
    apiModel({ models: [data('Peer', []), data('PEER', [])] }),
    /two files of the output would be one: models\/Peer\.ts and models\/PEER\.ts/,
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
