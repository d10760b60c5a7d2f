import { describe, expect, test } from 'vitest';
import { branchModel, operationsOf } from '../support/branches.js';
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
