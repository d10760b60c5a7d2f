import { describe, expect, test } from 'vitest';
import type { Descriptions } from '../../../codegen/describe/schema.js';
import { emit } from '../../../codegen/emit/index.js';
import { readApi } from '../../../codegen/generate.js';
import { bundledDescriptions } from '../../../codegen/load/bundled.js';
import { buildModel } from '../../../codegen/model/build.js';
import type { ApiModel } from '../../../codegen/model/types.js';
import { operationOf } from '../support/branches.js';
import { model, operation, parsed, tinyDocuments, type Documents } from '../support/documents.js';

const OURS: Descriptions = {
  resources: { channels: 'What is called. And calls.' },
  operations: {
    channels: {
      hangup: {
        summary: 'Hangs it up.',
        notes: 'For good.',
        parameters: { channelId: 'The channel.', reason: 'The reason.' },
        errors: { 404: 'no such channel here.' },
      },
    },
  },
  models: {
    Channel: { description: 'A channel of ours.', properties: { id: 'Our id.' } },
    Message: { description: 'A message.', properties: { asterisk_id: 'Which Asterisk.' } },
    ChannelCreated: { description: 'It begins.', properties: { channel: 'The new one.' } },
  },
};

function described(documents: Documents, descriptions: Descriptions | undefined = OURS): ApiModel {
  return buildModel(parsed(documents), '12.0.0', () => {}, descriptions);
}

/** The documents of `channels.hangup` as facts only. */
function withoutProse(): Documents {
  const documents = tinyDocuments();
  delete documents['resources.json'].apis[0].description;
  const [, one] = documents['channels.json'].apis;
  const hangup = one.operations[1];
  delete hangup.summary;
  delete hangup.notes;
  delete hangup.parameters[0].description;
  delete hangup.parameters[1].description;
  delete hangup.errorResponses[0].reason;
  delete documents['channels.json'].models.Channel.description;
  delete documents['channels.json'].models.Channel.properties.id.description;
  delete documents['events.json'].models.ChannelCreated.description;
  return documents;
}

describe('documents without texts', () => {
  test('are described in our words, events with what they inherit', () => {
    const api = described(withoutProse());
    expect(operationOf(api, 'channels.hangup')).toMatchObject({
      summary: 'Hangs it up.',
      notes: 'For good.',
      parameters: [{ description: 'The channel.' }, { description: 'The reason.' }],
      errors: [{ code: 404, reason: 'no such channel here.' }],
    });
    expect(api.resources[0]?.description).toBe('What is called. And calls.');
    expect(api.models.find(({ name }) => name === 'Channel')).toMatchObject({
      description: 'A channel of ours.',
      properties: [{ name: 'id', description: 'Our id.' }],
    });
    const event = api.events.find(({ name }) => name === 'ChannelCreated');
    expect(event?.description).toBe('It begins.');
    expect(event?.properties.map(({ name, description }) => [name, description])).toEqual([
      ['type', undefined],
      ['asterisk_id', 'Which Asterisk.'],
      ['timestamp', undefined],
      ['channel', 'The new one.'],
    ]);
  });

  test('have the same digest, described or not', () => {
    expect(described(withoutProse()).digest).toBe(buildModel(parsed(withoutProse()), '12.0.0', () => {}).digest);
  });

  test('may name anything', () => {
    const documents = tinyDocuments();
    documents['channels.json'].models.constructor = model('constructor', { toString: { type: 'string' } });
    documents['channels.json'].apis[0].operations.push(
      operation({ nickname: 'valueOf', httpMethod: 'POST', summary: undefined }),
    );
    const api = described(documents, bundledDescriptions());
    expect(operationOf(api, 'channels.valueOf').summary).toBeUndefined();
    expect(api.models.find(({ name }) => name === 'constructor')?.properties[0]?.description).toBeUndefined();
  });
});

describe('documents with texts', () => {
  test('keep their own words', () => {
    const api = described(tinyDocuments());
    expect(api.resources.map(({ description }) => description)).toEqual(['All about channels', 'All about events']);
    expect(operationOf(api, 'channels.hangup')).toEqual(operationOf(plain(), 'channels.hangup'));
    expect(api.models.find(({ name }) => name === 'Channel')).toEqual(
      plain().models.find(({ name }) => name === 'Channel'),
    );
  });

  test('get ours where one is missing or blank', () => {
    const documents = tinyDocuments();
    const hangup = documents['channels.json'].apis[1].operations[1];
    hangup.notes = ' ';
    delete hangup.parameters[1].description;
    const found = operationOf(described(documents), 'channels.hangup');
    expect(found).toMatchObject({ summary: 'Does it', notes: 'For good.', errors: [{ reason: 'Gone' }] });
    expect(found.parameters.map(({ description }) => description)).toEqual(['Which', 'The reason.']);
  });
});

describe('the bundled bindings', () => {
  test('speak in our words, and not in sentences made of names', async () => {
    const { model: api } = await readApi({ kind: 'bundled', version: '22' });
    const files = emit(api);
    const params = files.get('params/channels.ts') ?? '';
    expect(params).toContain(
      '  /**\n   * How long to wait for an answer, in seconds; -1 for no limit, 0 counts as 30.\n   *\n   * From -1 to 2147483.\n   *\n   * Asterisk counts it in milliseconds, in 32 bits.\n   *\n   * @default `30`\n   */\n  timeout?:',
    );
    expect(params).toContain('  /** Id of the channel. A {@link ChannelHandle} will do as well. */\n  channelId:');
    expect(params).toContain('An {@link ApplicationHandle} will do as well.');
    const channel = files.get('objects/Channel.ts') ?? '';
    expect(channel).toContain('   * Hangs the channel up, wherever it is. `DELETE /channels/{channelId}`\n');
    expect(channel).toContain('@throws {ConflictError} 409: the channel is in no Stasis application.');
    expect(files.get('client.ts')).toMatch(
      /\/\*\* Channels: each is one party.+\. \*\/\n  readonly channels: Channels;/,
    );
    expect(files.get('client.ts')).not.toMatch(/\/\*\* [\w ]+\. \*\/\n  readonly/);
    expect(files.get('repositories/Bridges.ts')).toMatch(/ \* Bridges, which bring [^/]+Listening here hears/);
    const all = [...files].map(([path, text]) => (/^(?:params|models|events)\//.test(path) ? text : '')).join('');
    expect(all).not.toMatch(/\/\*\* (?:Timeout|Extension|Id|State|Channel)\. \*\//);
  });
});

function plain(): ApiModel {
  return buildModel(parsed(tinyDocuments()), '12.0.0', () => {});
}
