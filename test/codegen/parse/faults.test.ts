import { describe, expect, test } from 'vitest';
import { CodegenError } from '../../../codegen/errors.js';
import { modelOf, operation, pathParameter, tinyDocuments, type Documents } from '../support/documents.js';

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
