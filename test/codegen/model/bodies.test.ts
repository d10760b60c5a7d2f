import { describe, expect, test } from 'vitest';
import type { Parameter } from '../../../codegen/model/types.js';
import { branchModel, operationOf, operationsOf } from '../support/branches.js';
import { modelOf, operation, tinyDocuments, type Doc } from '../support/documents.js';
import { typeText } from '../../../codegen/diff/type-text.js';

/** The type of every body of a branch. */
async function bodies(major: number): Promise<Record<string, string>> {
  const all = operationsOf(await branchModel(major)).flatMap(({ id, parameters }) =>
    parameters
      .filter((one) => one.in === 'body')
      .map((one) => [`${id}(${one.name})`, `${typeText(one.type)}${one.wholeBody ? ' as the whole body' : ''}`]),
  );
  return Object.fromEntries(all) as Record<string, string>;
}

/** The parameters of an operation of a vendor's own. */
function vendorParameters(parameters: readonly Doc[]): readonly Parameter[] {
  const documents = tinyDocuments();
  const own = operation({ nickname: 'own', httpMethod: 'POST', parameters });
  documents['channels.json'].apis.push({ path: '/channels/own', operations: [own] });
  return operationOf(modelOf(documents), 'channels.own').parameters;
}

describe("a vendor's own body", () => {
  const mode = { name: 'mode', paramType: 'query', dataType: 'string' };

  test.each<[name: string, dataType: string, type: string]>([
    ['body', 'containers', 'Map[unknown]'],
    ['body', 'object', 'Map[unknown]'],
    ['channel', 'Channel', 'Channel'],
    ['all', 'List[Channel]', 'List[Channel]'],
    ['text', 'string', 'string'],
    ['constructor', 'object', 'Map[unknown]'],
  ])('%s of type %s is the body itself, query parameters stay beside it', (name, dataType, type) => {
    const parameters = vendorParameters([mode, { name, paramType: 'body', dataType }]);
    expect(parameters).toMatchObject([
      { name: 'mode', in: 'query' },
      { name, in: 'body', wholeBody: true },
    ]);
    expect(parameters[0]).not.toHaveProperty('wholeBody');
    expect(parameters.map((each) => typeText(each.type))).toEqual(['string', type]);
  });

  test.each(['variables', 'fields'])('%s is a container of the body, as everywhere', (name) => {
    const [, body] = vendorParameters([mode, { name, paramType: 'body', dataType: 'containers' }]);
    expect(body).not.toHaveProperty('wholeBody');
  });
});

describe('bodies', () => {
  test('of a release whose variables may ask for events', async () => {
    expect(await bodies(22)).toEqual({
      'applications.filter(filter)': 'EventFilter as the whole body',
      'asterisk.updateObject(fields)': 'List[ConfigTuple]',
      'bridges.create(variables)': 'Map[variable]',
      'bridges.createWithId(variables)': 'Map[variable]',
      'bridges.setBridgeVars(variables)': 'Map[variable]',
      'channels.create(variables)': 'Map[variable]',
      'channels.externalMedia(variables)': 'Map[variable]',
      'channels.originate(variables)': 'Map[variable]',
      'channels.originateWithId(variables)': 'Map[variable]',
      'channels.setChannelVars(variables)': 'Map[variable]',
      'endpoints.refer(variables)': 'Map[string]',
      'endpoints.referToEndpoint(variables)': 'Map[string]',
      'endpoints.sendMessage(variables)': 'Map[string]',
      'endpoints.sendMessageToEndpoint(variables)': 'Map[string]',
      'events.userEvent(variables)': 'Map[unknown]',
    });
  });

  test.each([16, 18, 21])('of Asterisk %i, whose variables are texts', async (major) => {
    const all = Object.entries(await bodies(major));
    expect(all.filter(([, type]) => type === 'Map[variable]')).toEqual([]);
    expect(all).toContainEqual(['channels.originate(variables)', 'Map[string]']);
    expect(all).toContainEqual(['events.userEvent(variables)', 'Map[unknown]']);
  });
});
