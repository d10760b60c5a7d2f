import { describe, expect, test } from 'vitest';
import { facts } from '../../../codegen/facts/facts.js';
import {
  model,
  modelOf,
  operation,
  parsed,
  pathParameter,
  resource,
  sources,
  tinyDocuments,
  type Doc,
  type Documents,
} from '../support/documents.js';
import { operationOf } from '../support/branches.js';
import { parse } from '../../../codegen/parse/index.js';

/** The tiny documents with one more operation of channels. */
function withOperation(path: string, members: Doc): Documents {
  const documents = tinyDocuments();
  documents['channels.json'].apis.push({ path, operations: [operation(members)] });
  return documents;
}

describe('what Asterisk writes in its documents, and what becomes of it', () => {
  test('path parameters without `required` and `allowMultiple` are required', () => {
    const tech = { name: 'tech', description: 'A technology', paramType: 'path', dataType: 'string' };
    const model = modelOf(withOperation('/channels/by/{tech}', { nickname: 'byTech', parameters: [tech] }));
    expect(operationOf(model, 'channels.byTech').parameters).toMatchObject([
      { name: 'tech', required: true, list: false },
    ]);
  });

  test('status codes written as strings are numbers, in ascending order', () => {
    const errorResponses = [{ code: '409', reason: 'b' }, { code: '404', reason: 'a' }, { code: 400 }];
    const model = modelOf(withOperation('/channels/x', { nickname: 'move', errorResponses }));
    expect(operationOf(model, 'channels.move').errors).toEqual([
      { code: 400 },
      { code: 404, reason: 'a' },
      { code: 409, reason: 'b' },
    ]);
  });

  test('the misspelled keys `defalutValue` and `descriptioni` mean what was meant, without a warning', () => {
    const parameters = [
      { name: 'reason', paramType: 'query', dataType: 'string', defalutValue: 'normal' },
      { name: 'variables', paramType: 'body', dataType: 'containers', descriptioni: 'Some variables' },
    ];
    const warnings: string[] = [];
    const model = modelOf(
      withOperation('/channels/x', { nickname: 'x', httpMethod: 'POST', parameters }),
      '22.10.1',
      warnings,
    );
    expect(operationOf(model, 'channels.x').parameters).toMatchObject([
      { name: 'reason', defaultValue: 'normal' },
      { name: 'variables', description: 'Some variables' },
    ]);
    expect(warnings.filter((warning) => warning.includes('.json'))).toEqual([]);
  });

  test('of a key that is there twice the last one counts', () => {
    const { files } = sources(tinyDocuments());
    const text = files.get('channels.json')?.replace('"nickname":"list"', '"nickname":"first","nickname":"list"');
    const api = parse({ files: new Map([...files, ['channels.json', text ?? '']]) }, () => {});
    expect(api.documents[0]?.apis[0]?.operations[0]?.nickname).toBe('list');
  });

  test('`since` in any order is sorted by release', () => {
    const since = ['22.3.0', '21.8.0', '20.13.0', '9.0.0'];
    const model = modelOf(withOperation('/channels/x', { nickname: 'x', since }));
    expect(operationOf(model, 'channels.x').since).toEqual(['9.0.0', '20.13.0', '21.8.0', '22.3.0']);
  });

  test('only the documents that resources.json names are read, under any name', () => {
    const documents = tinyDocuments();
    documents['resources.json'].apis = [{ path: '/api-docs/playback.{format}', description: 'Old name' }];
    documents['playback.json'] = resource('playback', {
      apis: [{ path: '/playback', operations: [operation({ nickname: 'list' })] }],
    });
    documents['channels.json'] = 'never read';
    const { resources } = modelOf(documents, '12.0.0');
    expect(resources).toMatchObject([{ name: 'playback', className: 'Playback' }]);
  });

  test('nicknames with underscores and reserved words make methods', () => {
    const documents = withOperation('/channels/{channelId}/transfer_progress', {
      nickname: 'transfer_progress',
      parameters: [pathParameter('channelId')],
    });
    documents['channels.json'].apis.push({ path: '/channels/x', operations: [operation({ nickname: 'delete' })] });
    const { operations = [] } = modelOf(documents).resources[0] ?? {};
    expect(operations.map(({ name }) => name)).toEqual(expect.arrayContaining(['transferProgress', 'delete']));
  });

  test('absent parameters, errors, models, descriptions and path descriptions are none', () => {
    const documents = tinyDocuments();
    documents['resources.json'].apis.push({ path: '/api-docs/sounds.{format}' });
    documents['sounds.json'] = resource('sounds', {
      apis: [{ path: '/sounds', operations: [{ httpMethod: 'GET', nickname: 'list', responseClass: 'void' }] }],
    });
    delete documents['sounds.json'].models;
    const list = operationOf(modelOf(documents), 'sounds.list');
    expect(list).toMatchObject({ parameters: [], errors: [], since: [] });
    expect(list).not.toHaveProperty('summary');
  });

  test('a model without properties is a model', () => {
    const documents = tinyDocuments();
    documents['channels.json'].models.Dialed = model('Dialed', {});
    expect(modelOf(documents).models.find(({ name }) => name === 'Dialed')).toMatchObject({ properties: [] });
  });

  test('a model with a `type` of its own that descends from nothing is no event', () => {
    const documents = tinyDocuments();
    documents['events.json'].models.RESTRequest = model('RESTRequest', { type: { type: 'string', required: true } });
    const { events, models } = modelOf(documents);
    expect(events.map(({ name }) => name)).not.toContain('RESTRequest');
    expect(models.map(({ name }) => name)).toContain('RESTRequest');
  });

  test('models are found across documents', () => {
    const documents = tinyDocuments();
    documents['channels.json'].models.Snapshot = model('Snapshot', { event: { type: 'MissingParams' } });
    expect(() => modelOf(documents)).not.toThrow();
  });

  test('the `extends` of 12.0 describes the same events as `subTypes`', () => {
    const documents = tinyDocuments();
    const models = documents['events.json'].models;
    delete models.Event.subTypes;
    delete models.Message.subTypes;
    models.Event.extends = 'Message';
    for (const name of ['ChannelCreated', 'ApplicationReplaced']) models[name].extends = 'Event';
    expect(modelOf(documents, '12.0.0').events).toEqual(modelOf(tinyDocuments(), '12.0.0').events);
  });

  test('an unknown key warns, names its place and is left out; a comment does not', () => {
    const documents = tinyDocuments();
    documents['channels.json'].deprecated = true;
    documents['channels.json'].apis[1].operations[1].parameters[1].format = 'x';
    documents['channels.json'].apis[1].operations[1].parameters[1].__note = 'a comment';
    documents['events.json'].models.Event.properties.timestamp.enum = [];
    const warnings: string[] = [];
    const api = parsed(documents, warnings);
    expect(warnings).toEqual([
      "channels.json: DELETE /channels/{channelId} (hangup): parameter reason: unknown key 'format' is left out",
      "channels.json: unknown key 'deprecated' is left out",
      "events.json: model Event: property timestamp: unknown key 'enum' is left out",
    ]);
    expect(facts(api)).toEqual(facts(parsed(tinyDocuments())));
  });

  test('a basePath of any server is no fact', () => {
    const documents = tinyDocuments();
    documents['channels.json'].basePath = 'http://pbx.example.com/stasis';
    expect(facts(parsed(documents))).toEqual(facts(parsed(tinyDocuments())));
  });
});
