import { describe, expect, test } from 'vitest';
import { CodegenError } from '../../../codegen/errors.js';
import { limits } from '../../../codegen/limits.js';
import {
  model,
  modelOf,
  operation,
  pathParameter,
  tinyDocuments,
  type Doc,
  type Documents,
} from '../support/documents.js';

type Bend = (documents: Documents) => void;

/** What is wrong, and the whole message that says so. */
const FAULTS: readonly (readonly [what: string, bend: Bend, message: string])[] = [
  [
    'malformed JSON',
    (all) => (all['channels.json'] = '{"apiVersion": "2.0.0",\n  "apis": [}'),
    'channels.json:2:12: malformed JSON: unexpected "}"',
  ],
  ['a missing document', (all) => delete all['events.json'], 'events.json: the document is missing'],
  ['no index', (all) => delete all['resources.json'], 'resources.json: the document is missing'],
  [
    'an index entry that is no document',
    (all) => (all['resources.json'].apis[0].path = '/api-docs/../../etc/passwd.{format}'),
    "resources.json: '/api-docs/../../etc/passwd.{format}' names no document (allowed: /api-docs/NAME.{format})",
  ],
  [
    'a document listed twice',
    (all) => all['resources.json'].apis.push(all['resources.json'].apis[0]),
    "resources.json: 'channels' is listed twice",
  ],
  [
    'an unknown type of a parameter',
    (all) => (all['channels.json'].apis[1].operations[1].parameters[1].dataType = 'strng'),
    "channels.json: DELETE /channels/{channelId} (hangup): parameter reason: unknown type 'strng' (allowed: void, string, boolean, number, int, long, double, float, Date, binary, object, containers, List[…], the name of a model)",
  ],
  [
    'an unknown type of a response',
    (all) => (all['channels.json'].apis[0].operations[0].responseClass = 'Array[Channel]'),
    "channels.json: GET /channels (list): responseClass: unknown type 'Array[Channel]' (allowed:",
  ],
  [
    'a response of a model that nobody defines',
    (all) => (all['channels.json'].apis[0].operations[0].responseClass = 'List[Chanel]'),
    "channels.json: GET /channels (list): responseClass: no document defines the model 'Chanel'",
  ],
  [
    'a property of a model that nobody defines',
    (all) => (all['events.json'].models.ChannelCreated.properties.channel.type = 'Chanel'),
    "events.json: model ChannelCreated: property channel: no document defines the model 'Chanel'",
  ],
  [
    'a property by which data would be taken for an object',
    (all) => (all['events.json'].models.ChannelCreated.properties.toJSON = { type: 'ChannelCreated' }),
    "events.json: model ChannelCreated: property toJSON: a property called 'toJSON' must be of a simple type",
  ],
  [
    'a subtype that nobody defines',
    (all) => all['events.json'].models.Event.subTypes.push('Nothing'),
    "events.json: model Event: no document defines the model 'Nothing'",
  ],
  [
    'a path parameter without its description',
    (all) => (all['channels.json'].apis[1].operations[0].parameters = []),
    'channels.json: GET /channels/{channelId} (get): the path has {channelId}, which no path parameter describes',
  ],
  [
    'a path parameter that the path does not have',
    (all) => all['channels.json'].apis[1].operations[0].parameters.push(pathParameter('chanelId')),
    'channels.json: GET /channels/{channelId} (get): parameter chanelId: a path parameter that is not in the path (allowed: channelId)',
  ],
  [
    'a duplicate nickname',
    (all) => (all['channels.json'].apis[1].operations[0].nickname = 'list'),
    'channels.json: GET /channels/{channelId} (list): duplicate nickname, first used by GET /channels (list)',
  ],
  [
    'two nicknames that make one method',
    (all) =>
      all['channels.json'].apis.push({
        path: '/channels/x',
        operations: [operation({ nickname: 'hang_up' }), operation({ nickname: 'hangUp' })],
      }),
    "channels.json: GET /channels/x (hangUp): its method would be hangUp(), as that of 'hang_up'",
  ],
  [
    'a nickname that is no name',
    (all) => (all['channels.json'].apis[0].operations[0].nickname = '9 lives'),
    'channels.json: GET /channels (9 lives): the nickname makes no name of a method',
  ],
  [
    'a parameter described twice',
    (all) => all['channels.json'].apis[1].operations[0].parameters.push(pathParameter('channelId')),
    'channels.json: GET /channels/{channelId} (get): parameter channelId: described twice',
  ],
  [
    'two bodies',
    (all) =>
      (all['channels.json'].apis[0].operations[0].parameters = ['a', 'b'].map((name) => ({
        name,
        paramType: 'body',
        dataType: 'containers',
      }))),
    'channels.json: GET /channels (list): more than one parameter of the body',
  ],
  [
    'a parameter in a place that does not exist',
    (all) => (all['channels.json'].apis[1].operations[0].parameters[0].paramType = 'header'),
    'channels.json: GET /channels/{channelId} (get): parameter channelId: paramType: unknown value, found "header" (allowed: path, query, body)',
  ],
  [
    'a method that does not exist',
    (all) => (all['channels.json'].apis[0].operations[0].httpMethod = 'PATCH'),
    'channels.json: PATCH /channels (list): httpMethod: unknown value, found "PATCH" (allowed: GET, POST, PUT, DELETE)',
  ],
  [
    'allowed values of an unknown kind',
    (all) => (all['channels.json'].apis[1].operations[1].parameters[1].allowableValues = { valueType: 'SET' }),
    'channels.json: DELETE /channels/{channelId} (hangup): parameter reason: allowableValues: valueType: unknown valueType, found "SET" (allowed: LIST, RANGE)',
  ],
  [
    'a status code that is none',
    (all) => (all['channels.json'].apis[1].operations[1].errorResponses[0].code = 'gone'),
    'channels.json: DELETE /channels/{channelId} (hangup): error response gone: code: wrong type, found "gone"',
  ],
  [
    'an operation without a nickname',
    (all) => delete all['channels.json'].apis[0].operations[0].nickname,
    'channels.json: GET /channels: nickname: string expected',
  ],
  ['a document that is a list', (all) => (all['channels.json'] = '[]'), 'channels.json: object expected, found []'],
  [
    'a model whose id is another',
    (all) => (all['channels.json'].models.Channel.id = 'Chanel'),
    "channels.json: model Channel: its id is 'Chanel' (allowed: Channel)",
  ],
  [
    'a model of two documents',
    (all) => (all['events.json'].models.Channel = all['channels.json'].models.Channel),
    'events.json: model Channel: defined in channels.json already',
  ],
  [
    'two documents that are told apart by case only',
    (all) => all['resources.json'].apis.push({ path: '/api-docs/Channels.{format}' }),
    "resources.json: 'channels' and 'Channels' are too much alike",
  ],
  [
    'too many documents',
    (all) =>
      (all['resources.json'].apis = Array.from({ length: limits.documents + 1 }, (_, index) => ({
        path: `/api-docs/a${index}.{format}`,
      }))),
    'resources.json: apis: more than 100',
  ],
  [
    'too many operations',
    (all) =>
      (all['channels.json'].apis = [0, 1].map((half) => ({
        path: '/channels',
        operations: Array.from({ length: limits.operations / 2 + 1 }, (_, at) =>
          operation({ nickname: `a${half}_${at}` }),
        ),
      }))),
    'channels.json: with it there are more than 1000 operations',
  ],
  [
    'too many models, each of which has the next',
    (all) => {
      for (let index = 0; index < 20_000; index += 1) {
        all['channels.json'].models[`M${index}`] = model(`M${index}`, { m: { type: `M${(index + 1) % 20_000}` } });
      }
    },
    'channels.json: with it there are more than 1000 models',
  ],
  [
    'too many properties',
    (all) =>
      (all['channels.json'].models.Channel.properties = Object.fromEntries(
        Array.from({ length: limits.properties + 1 }, (_, index) => [`p${index}`, { type: 'string' }]),
      )),
    'channels.json: model Channel: more than 250 properties',
  ],
  [
    'too many properties together with those inherited',
    (all) => {
      const many = (letter: string): Doc =>
        Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`${letter}${index}`, { type: 'string' }]));
      all['events.json'].models.Event.properties = many('a');
      all['events.json'].models.ChannelCreated.properties = many('b');
    },
    'events.json: event ChannelCreated: more than 250 properties, those inherited included',
  ],
  [
    'a name of too many characters',
    (all) => (all['channels.json'].apis[0].operations[0].nickname = 'a'.repeat(100_000)),
    `channels.json: GET /channels (${'a'.repeat(57)}...): nickname: more than 100 characters`,
  ],
  [
    'lists in lists in lists',
    (all) =>
      (all['channels.json'].apis[0].operations[0].responseClass = `${'List['.repeat(9000)}int${']'.repeat(9000)}`),
    'channels.json: GET /channels (list): responseClass: more than 4 lists within one another',
  ],
  [
    'JSON in JSON in JSON',
    (all) => (all['channels.json'] = `{\n"apis": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
    'channels.json:2:58: more than 50 lists and objects within one another',
  ],
  [
    'JSON in JSON without an end',
    (all) => (all['channels.json'] = '{"a":'.repeat(100_000)),
    'channels.json:1:251: more than 50 lists and objects within one another',
  ],
  ...(['models', 'properties'] as const).map((where): [string, Bend, string] => [
    `__proto__ among the ${where}`,
    (all) => {
      const { models } = all['channels.json'];
      const text = JSON.stringify(all['channels.json']);
      const inner = JSON.stringify(where === 'models' ? models : models.Channel.properties);
      const odd = JSON.stringify(where === 'models' ? model('__proto__', {}) : { type: 'string' });
      all['channels.json'] = text.replace(inner, `{"__proto__":${odd},${inner.slice(1)}`);
    },
    `channels.json: ${where === 'models' ? 'models' : 'model Channel: properties'}: nothing can be called '__proto__' here`,
  ]),
  [
    '__proto__ as a parameter',
    (all) =>
      (all['channels.json'].apis[0].operations[0].parameters = [
        { name: '__proto__', paramType: 'query', dataType: 'string' },
      ]),
    'channels.json: GET /channels (list): parameter __proto__: name: ',
  ],
  [
    'a model whose name is no name',
    (all) => (all['channels.json'].models['a b'] = model('a b', {})),
    'channels.json: model a b: id: the name of a model has letters, digits, _ and $ only, and begins with no digit, found "a b"',
  ],
  [
    'a model whose name means something else in a type',
    (all) => (all['channels.json'].models.Date = model('Date', {})),
    'channels.json: model Date: its name means a simple type',
  ],
  [
    'a property whose name cannot be seen',
    (all) => (all['channels.json'].models.Channel.properties['a\u202eb'] = { type: 'string' }),
    'channels.json: model Channel: property a\\u202eb: Invalid key in record: a name has printable characters only',
  ],
  [
    'a nickname with an escape sequence and a line of its own',
    (all) => (all['channels.json'].apis[0].operations[0].nickname = '\u001b[31m\nx\u009b'),
    'channels.json: GET /channels (\\u001b[31m\\u000ax\\u009b): the nickname makes no name of a method',
  ],
  ...['//', '/..', '/a/../b', '/a b', '/a?b', '/a#b', '/a%2fb', '/ä', '/{a', '/{}', '/{a-b}', '/{{a}}'].map(
    (path): [string, Bend, string] => [
      `the path ${path}`,
      (all) => (all['channels.json'].apis[0].path = path),
      `channels.json: path ${path}: the path cannot be sent (allowed: letters, digits and -._~ between slashes, {NAME})`,
    ],
  ),
  [
    'a path parameter that is several',
    (all) => (all['channels.json'].apis[1].operations[0].parameters[0].allowMultiple = true),
    'channels.json: GET /channels/{channelId} (get): parameter channelId: a path carries one value, no list',
  ],
  [
    'a path parameter that is a list',
    (all) => (all['channels.json'].apis[1].operations[0].parameters[0].dataType = 'List[string]'),
    'channels.json: GET /channels/{channelId} (get): parameter channelId: a path carries one value, no list',
  ],
  [
    'a path parameter that is an object',
    (all) => (all['channels.json'].apis[1].operations[0].parameters[0].dataType = 'Channel'),
    'channels.json: GET /channels/{channelId} (get): parameter channelId: a path carries no objects, nor lists of lists',
  ],
  [
    'lists of lists in a query',
    (all) => (all['channels.json'].apis[1].operations[1].parameters[1].dataType = 'List[List[string]]'),
    'channels.json: DELETE /channels/{channelId} (hangup): parameter reason: a query carries no objects, nor lists of lists',
  ],
  [
    'a parameter that is nothing',
    (all) => (all['channels.json'].apis[1].operations[1].parameters[1].dataType = 'void'),
    "channels.json: DELETE /channels/{channelId} (hangup): parameter reason: only an answer can be 'void'",
  ],
  [
    'a property that is a file',
    (all) => (all['channels.json'].models.Channel.properties.id.type = 'binary'),
    "channels.json: model Channel: property id: only an answer can be 'binary'",
  ],
  [
    'values of an object',
    (all) =>
      (all['events.json'].models.ChannelCreated.properties.channel.allowableValues = {
        valueType: 'LIST',
        values: ['a'],
      }),
    'events.json: model ChannelCreated: property channel: values are listed for what is no simple type, nor a list of one',
  ],
  ...(['GET', 'DELETE'] as const).map((httpMethod): [string, Bend, string] => [
    `a body of a ${httpMethod}`,
    (all) =>
      (all['channels.json'].apis[0].operations[0] = operation({
        nickname: 'list',
        httpMethod,
        parameters: [{ name: 'fields', paramType: 'body', dataType: 'containers' }],
      })),
    `channels.json: ${httpMethod} /channels (list): parameter fields: a ${httpMethod} has no body`,
  ]),
];

describe('faults of documents', () => {
  test.each(FAULTS)('%s', (_what, bend, message) => {
    const documents = tinyDocuments();
    bend(documents);
    const error = faultOf(documents);
    expect(error.message.slice(0, message.length)).toBe(message);
    expect(error).toBeInstanceOf(CodegenError);
  });

  test('the documents that are bent have no fault', () => {
    expect(() => modelOf(tinyDocuments())).not.toThrow();
  });
});

function faultOf(documents: Documents): Error {
  try {
    modelOf(documents);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('no fault was found');
}
