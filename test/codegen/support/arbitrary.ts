/** Random documents within the grammar of Asterisk's, with prose and irregularities strewn in. */
import * as fc from 'fast-check';
import type { Doc, Documents } from './documents.js';

const WORDS = ['string', 'int', 'long', 'double', 'float', 'number', 'boolean', 'Date', 'object'];
const MODELS = ['Channel', 'Bridge', 'Thing', 'Endpoint'];

const prose = fc.string({ maxLength: 20 });
const name = fc.stringMatching(/^[a-z][a-zA-Z]{0,8}(_[a-z]{1,4})?$/);
const releases = fc.array(fc.constantFrom('22.3.0', '20.13.0', '12.0.0'), { maxLength: 2 });

const type = fc.oneof(
  fc.constantFrom(...WORDS, ...MODELS),
  fc.constantFrom('string', 'object', ...MODELS).map((item) => `List[${item}]`),
);

const allowable = fc.oneof(
  fc.record({ valueType: fc.constant('LIST'), values: fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }) }),
  fc.record({ valueType: fc.constant('RANGE'), min: fc.integer() }),
);

const queryParameter = fc.record(
  {
    name,
    paramType: fc.constant('query'),
    dataType: fc.constantFrom('string', 'int', 'long', 'boolean'),
    description: prose,
    __note: prose,
    required: fc.boolean(),
    allowMultiple: fc.boolean(),
    defaultValue: fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    allowableValues: allowable,
  },
  { requiredKeys: ['name', 'paramType', 'dataType'] },
);

const operation = (httpMethod: string, path: string) =>
  fc.record(
    {
      httpMethod: fc.constant(httpMethod),
      nickname: name,
      responseClass: fc.oneof(fc.constantFrom('void', 'binary', ...MODELS), fc.constant('List[Channel]')),
      parameters: fc
        .uniqueArray(queryParameter, { maxLength: 4, selector: (parameter) => parameter.name })
        .map((parameters) => pathParametersOf(path).concat(parameters.filter((one) => one.name !== 'thingId'))),
      summary: prose,
      notes: prose,
      since: releases,
      errorResponses: fc.uniqueArray(
        fc.record({ code: fc.oneof(fc.integer({ min: 400, max: 599 }), fc.constantFrom('404', '409')), reason: prose }),
        { maxLength: 3, selector: ({ code }) => Number(code) },
      ),
    },
    {
      requiredKeys: [
        'httpMethod',
        'nickname',
        'responseClass',
        ...(path.includes('{') ? (['parameters'] as const) : []),
      ],
    },
  );

const property = fc.oneof(
  fc.record({ type, required: fc.boolean(), description: prose }, { requiredKeys: ['type'] }),
  // values are those of simple types
  fc.record(
    { type: fc.constantFrom('string', 'int', 'List[string]'), description: prose, allowableValues: allowable },
    { requiredKeys: ['type', 'allowableValues'] },
  ),
);

const model = (id: string) =>
  fc.record({
    id: fc.constant(id),
    description: prose,
    properties: fc.dictionary(name, property, { maxKeys: 5 }),
  });

/** Documents that parse: an index and one resource with models enough for every reference. */
export const arbitraryDocuments: fc.Arbitrary<Documents> = fc
  .record({
    list: operation('GET', '/things'),
    get: operation('GET', '/things/{thingId}'),
    models: fc.tuple(...MODELS.map(model)),
    resource: fc.record(
      {
        description: prose,
        since: releases,
        requiresModules: fc.array(fc.stringMatching(/^res_[a-z]{1,5}$/)),
        _author: prose,
      },
      { requiredKeys: [] },
    ),
    indexDescription: prose,
  })
  .filter(({ list, get }) => plain(list.nickname) !== plain(get.nickname))
  .map(({ list, get, models, resource, indexDescription }) => ({
    'resources.json': {
      apiVersion: '10.0.0',
      swaggerVersion: '1.1',
      basePath: 'http://pbx/ari',
      apis: [{ path: '/api-docs/things.{format}', description: indexDescription }],
    },
    'things.json': {
      ...resource,
      apiVersion: '2.0.0',
      swaggerVersion: '1.1',
      resourcePath: '/api-docs/things.{format}',
      apis: [
        { path: '/things', description: indexDescription, operations: [list] },
        { path: '/things/{thingId}', operations: [get] },
      ],
      models: Object.fromEntries(models.map((one) => [one.id, one])),
    },
  }));

function pathParametersOf(path: string): Pick<Doc, 'name' | 'paramType' | 'dataType'>[] {
  return path.includes('{') ? [{ name: 'thingId', paramType: 'path', dataType: 'string' }] : [];
}

function plain(nickname: string): string {
  return nickname.replaceAll('_', '').toLowerCase();
}
