/**
 * Random documents of somebody who means no good: legal for the greater part, so that they get far, with names that mean
 * something elsewhere, texts that would rather be code, references to and fro, and now and then a piece of junk.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { RELEASE_FILE } from '../../../codegen/load/release-file.js';
import type { Doc, Documents } from './documents.js';

const WORDS =
  'delete import class default await yield let static enum null void this new in of as is type keyof infer get set async ' +
  'string number boolean any unknown never object symbol bigint undefined Promise Record Readonly Omit Array Object Date ' +
  'Error Map String Function List s events models schemas client params options data args bindings release connect index ' +
  'constructor prototype toString toJSON valueOf hasOwnProperty isPrototypeOf toLocaleString then on once off stream ' +
  'waitFor key kind invoke core state start close gap slow arguments eval exports require module globalThis';

const OURS =
  'AriClient AriEvent AriEventMap ClientEvents VariableValue Schemas ModelSchemas EventData Operation Bindings Repository ' +
  'NotFoundError ChannelHandle ChannelData ChannelEvents ChannelsGetParams Channels Channel Bridge Endpoint Event Message ' +
  'ConfigTuple StoredRecording LiveRecording DeviceState Con Aux';

/** What is refused, now and then only: the rest of the documents is to be looked at as well. */
const rarely = <T, U>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
  fc.oneof({ weight: 200, arbitrary: usual }, { weight: 1, arbitrary: odd });

const plain = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,6}(_[a-z]{1,3})?$/);

/** Names that do as identifiers. */
const identifier = fc.oneof(
  { weight: 3, arbitrary: plain },
  { weight: 2, arbitrary: fc.constantFrom(...WORDS.split(' ')) },
  { weight: 1, arbitrary: fc.constantFrom(...OURS.split(' ')) },
);

/** Names that only go over the wire. */
const wireName = fc.oneof(
  { weight: 8, arbitrary: identifier },
  {
    weight: 1,
    arbitrary: fc.constantFrom("it's", 'a-b', 'a b', '1', '#data', '"', '\\', '${x}', '*/', '@internal', 'ä'),
  },
  { weight: 1, arbitrary: fc.constantFrom('a.b', '//', '</script>', '{@evil}', '\u00a0', '😀', '[x]', '...', 'a:b') },
);

const PIECES = [
  ...[
    '@deprecated',
    '@internal',
    '@evil x',
    '{@link Evil}',
    '{@evil}',
    '*/ evil();',
    '/**',
    '//',
    '`',
    '``',
    '```',
    '\n',
  ],
  ...[
    '\r\n',
    '\u2028',
    '\u0085',
    '\u200b',
    '\u00a0',
    '\ufeff',
    '\v',
    '\u202e',
    '\ud800',
    '\u0000',
    '\u001b[31m',
    '\u009b',
  ],
  ...[
    'a word',
    'Ends.',
    "it's",
    '"',
    '\\',
    '${evil}',
    '<b>',
    '|',
    '# title',
    '- item',
    ' ',
    '\t',
    '*',
    'x'.repeat(130),
  ],
];

/** Prose that tries to be something else. */
const text = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6, unit: 'binary' })), { maxLength: 8 })
  .map((pieces) => pieces.join(''));

const SIMPLE = ['string', 'int', 'long', 'double', 'float', 'number', 'boolean', 'Date'];
const simple = fc.constantFrom(...SIMPLE);

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
    ...['/x', '/x/{a}', '/x/{a}/{b}', '/{a}.{b}', '/x/{constructor}', '/x/{a}/{a}', '/x/', '/$&', '/x/{toString}'],
    ...['/channels/{channelId}', '/channels/{channelId}/own', '/bridges/{bridgeId}', '/bridges/{bridgeId}/{channelId}'],
    ...['/endpoints/{tech}/{resource}', '/recordings/live/{recordingName}', '/recordings/stored/{recordingName}'],
    ...['/deviceStates/{deviceName}', '/channels', '/bridges', '/endpoints', '/channels/{channelId}/{a}'],
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

const SIMPLE_WORDS = new Set([...SIMPLE, 'object', 'void', 'binary', 'containers']);
const typeName = identifier.filter((name) => !SIMPLE_WORDS.has(name));

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

const wellMeant: fc.Arbitrary<Documents> = shape.chain(({ resources, models, events, families }) => {
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

const junk: fc.Arbitrary<Doc> = fc.oneof(
  fc.constantFrom(
    null,
    '',
    0,
    -1,
    1e300,
    true,
    [],
    {},
    [[]],
    [null],
    'x'.repeat(300),
    '__proto__',
    '{a}',
    'List[',
    'List[]]',
  ),
  wireName,
  text,
  fc.object({ maxDepth: 2, maxKeys: 3 }),
);

/** Puts something else in the place of one value, wherever it is. */
function spoil(documents: Documents, [at, value, how]: readonly [number, Doc, number]): Documents {
  const copy = structuredClone(documents);
  const places: (readonly [holder: Doc, key: string])[] = [];
  const visit = (holder: Doc): void => {
    for (const [key, inner] of Object.entries(holder)) {
      places.push([holder, key]);
      if (typeof inner === 'object' && inner !== null) visit(inner);
    }
  };
  Object.values(copy).forEach(visit);
  const place = places[at % places.length];
  if (place === undefined) return copy;
  const [holder, key] = place;
  if (how === 0 && !Array.isArray(holder)) {
    // oxlint-disable-next-line typescript/no-dynamic-delete -- a place like any other
    delete holder[key];
  } else if (how === 1 && typeof value === 'string') {
    Object.defineProperty(holder, value, { value: holder[key], enumerable: true, configurable: true, writable: true });
  } else {
    holder[key] = value;
  }
  return copy;
}

const spoiling = fc.array(fc.tuple(fc.nat(), junk, fc.nat({ max: 3 })), { minLength: 1, maxLength: 2 });

/** Asterisk's own documents, which have what is corrected. */
const real = fc.constant(null).map((): Documents => {
  const folder = fileURLToPath(new URL('../../../api-docs/v22/', import.meta.url));
  const names = readdirSync(folder).filter((name) => name !== RELEASE_FILE);
  return Object.fromEntries(names.map((name) => [name, JSON.parse(readFileSync(folder + name, 'utf8')) as Doc]));
});

const spoiled = (whole: fc.Arbitrary<Documents>): fc.Arbitrary<Documents> =>
  fc.tuple(whole, spoiling).map(([documents, all]) => all.reduce(spoil, documents));

/** Documents of which most make bindings, and the others must be refused in a line. */
export const hostileDocuments: fc.Arbitrary<Documents> = fc.oneof(
  { weight: 12, arbitrary: wellMeant },
  { weight: 4, arbitrary: spoiled(wellMeant) },
  { weight: 1, arbitrary: spoiled(real) },
);

function unique(items: readonly Doc[], key: string): readonly Doc[] {
  return [...new Map(items.toReversed().map((item) => [item[key], item])).values()].toReversed();
}
