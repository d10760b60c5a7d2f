/**
 * Random documents that follow the rules, or nearly always: they get far. Their names and texts mean no good, and they refer
 * to and fro.
 */
import * as fc from 'fast-check';
import type { Doc, Documents } from '../documents.js';
import { identifier, rarely, simple, text, typeName, wireName } from './words.js';

const allowable = fc.oneof(
  fc.record({
    valueType: fc.constant('LIST'),
    values: fc.array(fc.oneof(text, wireName, fc.constantFrom('true', '7', '-1e3', '')), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
  fc.record(
    { valueType: fc.constant('RANGE'), min: fc.integer(), max: fc.double({ noNaN: true }) },
    { requiredKeys: ['valueType'] },
  ),
);

const optional = <T extends Record<string, fc.Arbitrary<unknown>>>(members: T, ...required: (keyof T)[]) =>
  fc.record(members, { requiredKeys: required as never });

/** A type that fits a property or an answer: of models that are there, nearly always. */
function valueType(models: readonly string[]): fc.Arbitrary<string> {
  const item = fc.oneof(simple, fc.constantFrom('object', ...models), fc.constantFrom('Channel', 'Bridge', 'Endpoint'));
  const depth = rarely(fc.constantFrom(0, 0, 0, 0, 1, 1, 2, 4), fc.constant(5));
  return fc.tuple(item, depth).map(([of, lists]) => `${'List['.repeat(lists)}${of}${']'.repeat(lists)}`);
}

function model(id: string, models: readonly string[]): fc.Arbitrary<Doc> {
  const type = valueType(models);
  const property = fc.oneof(
    { weight: 6, arbitrary: optional({ type, required: fc.boolean(), description: text }, 'type') },
    { weight: 1, arbitrary: optional({ type: simple, allowableValues: allowable, description: text }, 'type') },
  );
  return optional(
    { id: fc.constant(id), description: text, properties: fc.dictionary(wireName, property, { maxKeys: 5 }) },
    'id',
    'properties',
  );
}

/** Paths with what is in them; some are those of kinds of objects. */
const path = rarely(
  fc.constantFrom(
    '/x',
    '/x/{a}',
    '/x/{a}/{b}',
    '/{a}.{b}',
    '/x/{constructor}',
    '/x/{a}/{a}',
    '/x/',
    '/$&',
    '/x/{toString}',
    '/channels/{channelId}',
    '/channels/{channelId}/own',
    '/bridges/{bridgeId}',
    '/bridges/{bridgeId}/{channelId}',
    '/endpoints/{tech}/{resource}',
    '/recordings/live/{recordingName}',
    '/recordings/stored/{recordingName}',
    '/deviceStates/{deviceName}',
    '/channels',
    '/bridges',
    '/endpoints',
    '/channels/{channelId}/{a}',
  ),
  fc.constantFrom('/x/{a-b}', '/x/{__proto__}', '/..', '/x//y'),
);

function operation(at: string, models: readonly string[]): fc.Arbitrary<Doc> {
  const query = optional(
    {
      name: wireName,
      paramType: fc.constant('query'),
      dataType: fc.oneof(simple, fc.constantFrom('List[string]', 'List[int]')),
      required: fc.boolean(),
      allowMultiple: fc.boolean(),
      description: text,
      defaultValue: fc.oneof(text, fc.integer(), fc.boolean()),
      allowableValues: allowable,
    },
    'name',
    'paramType',
    'dataType',
  );
  const body = optional(
    {
      name: fc.oneof(fc.constantFrom('variables', 'fields', 'filter', 'body'), wireName),
      paramType: fc.constant('body'),
      dataType: fc.oneof(fc.constantFrom('containers', 'object'), valueType(models)),
      required: fc.boolean(),
      allowMultiple: fc.boolean(),
    },
    'name',
    'paramType',
    'dataType',
  );
  const inPath = [...new Set(at.match(/(?<=\{)[^{}]+(?=\})/g) ?? [])].map((name) => ({
    name,
    paramType: 'path',
    dataType: 'string',
  }));
  return fc
    .record({
      base: optional(
        {
          httpMethod: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
          nickname: identifier,
          responseClass: fc.oneof(fc.constantFrom('void', 'binary'), valueType(models)),
          summary: text,
          notes: text,
          since: fc.array(fc.oneof(fc.constantFrom('22.3.0', '20.1.0'), text), { maxLength: 2 }),
          errorResponses: fc.array(optional({ code: fc.integer({ min: 300, max: 599 }), reason: text }, 'code'), {
            maxLength: 3,
          }),
        },
        'httpMethod',
        'nickname',
        'responseClass',
      ),
      queries: fc.array(query, { maxLength: 4 }),
      bodies: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(body) }),
    })
    .map(({ base, queries, bodies }) => {
      const fits = base.httpMethod === 'POST' || base.httpMethod === 'PUT';
      return { ...base, parameters: unique([...inPath, ...queries, ...(fits ? bodies : [])], 'name') };
    });
}

function resource(name: string, ids: readonly string[], models: readonly string[]): fc.Arbitrary<Doc> {
  const api = path.chain((at) =>
    fc.record({ path: fc.constant(at), operations: fc.array(operation(at, models), { minLength: 1, maxLength: 3 }) }),
  );
  return fc
    .record({
      head: optional({
        description: text,
        requiresModules: fc.array(text, { maxLength: 2 }),
        since: fc.array(text, { maxLength: 1 }),
      }),
      apis: fc.array(api, { maxLength: 4 }),
      models: fc.tuple(...ids.map((id) => model(id, models))),
    })
    .map((made) => {
      // operations of one name are refused at once: what comes after that is what is looked for
      const seen = new Set<string>();
      const isNew = ({ nickname }: Doc): boolean =>
        seen.size < seen.add(nickname.replaceAll('_', '').toLowerCase()).size;
      const apis = made.apis.map((each) => ({ ...each, operations: each.operations.filter(isNew) }));
      return {
        apiVersion: '10.0.0',
        swaggerVersion: '1.1',
        resourcePath: `/api-docs/${name}.{format}`,
        ...made.head,
        apis,
        models: Object.fromEntries(made.models.map((each: Doc) => [each.id, each])),
      };
    });
}

/** What kinds of objects need to be kinds of objects. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  Channel: ['id'],
  Bridge: ['id'],
  Endpoint: ['technology', 'resource'],
};

/** Names of resources, models and events, and who is whose subtype. */
const shape = fc.record({
  resources: fc.uniqueArray(fc.oneof(fc.constantFrom('channels', 'bridges', 'endpoints', 'recordings'), identifier), {
    minLength: 1,
    maxLength: 3,
    selector: (name) => name.replaceAll('_', '').toLowerCase(),
  }),
  models: fc.uniqueArray(rarely(typeName, identifier), { maxLength: 6, selector: (name) => name.toLowerCase() }),
  events: fc.uniqueArray(
    rarely(
      fc.oneof(
        fc.stringMatching(/^[A-Z][a-z]{2,6}Happened$/),
        fc.constantFrom('toString', 'hasOwnProperty', 'then', 'Error'),
      ),
      identifier,
    ),
    { maxLength: 4, selector: (name) => name.toLowerCase() },
  ),
  /** Whose subtype is whose; circles are rare. */
  families: fc.array(rarely(fc.constantFrom([0, 1], [0, 2], [1, 2], [2, 3]), fc.constant([1, 1])), { maxLength: 3 }),
});

/** Documents that follow the rules. */
export const wellMeant: fc.Arbitrary<Documents> = shape.chain(({ resources, models, events, families }) => {
  const kinds = Object.keys(KEYS);
  const own = models.filter((name) => !kinds.includes(name) && !events.includes(name) && name !== 'Event');
  const leaves = events.filter((name) => !kinds.includes(name) && name !== 'Event');
  const ids = [...kinds, ...own, 'Event', ...leaves];
  return fc.tuple(...resources.map((name, at) => resource(name, at === 0 ? ids : [], own))).map((documents) => {
    const [first] = documents;
    for (const [kind, keys] of Object.entries(KEYS)) {
      for (const key of keys) first.models[kind].properties[key] = { type: 'string', required: true };
    }
    first.models.Event.subTypes = leaves;
    for (const [parent, child] of families) {
      const [above, below] = [leaves[parent ?? 0], leaves[child ?? 0]];
      if (above !== undefined && below !== undefined) first.models[above].subTypes = [below];
    }
    return {
      'resources.json': {
        apiVersion: '10.0.0',
        swaggerVersion: '1.1',
        apis: resources.map((name) => ({ path: `/api-docs/${name}.{format}` })),
      },
      ...Object.fromEntries(resources.map((name, at) => [`${name}.json`, documents[at]])),
    };
  });
});

function unique(items: readonly Doc[], key: string): readonly Doc[] {
  return [...new Map(items.toReversed().map((item) => [item[key], item])).values()].toReversed();
}
