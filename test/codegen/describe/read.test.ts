import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDescriptions } from '../../../codegen/describe/read.js';
import { tempFolder } from '../support/folder.js';

const CHANNEL = { Channel: { description: 'A channel.', properties: { id: 'Its id.' } } };
const FILES = {
  'resources.json': { channels: 'What is called.' },
  'operations/channels.json': {
    get: { summary: 'Reads it.', parameters: { channelId: 'Which.' }, errors: { 404: 'gone.' } },
  },
  'models.json': CHANNEL,
  'events.json': {},
};

/** A folder of descriptions with some files replaced; one that is `undefined` is left out. */
function folder(files: Record<string, unknown> = {}): string {
  const texts = Object.entries({ ...FILES, ...files }).flatMap(([name, json]) =>
    json === undefined ? [] : [[`texts/${name}`, typeof json === 'string' ? json : JSON.stringify(json)]],
  );
  return join(tempFolder(Object.fromEntries(texts)), 'texts');
}

describe('a folder of descriptions', () => {
  test('is read by resource and nickname, the models of both files together', () => {
    const events = { Event: { description: 'An event.', properties: {} } };
    expect(readDescriptions(folder({ 'events.json': events }))).toEqual({
      resources: FILES['resources.json'],
      operations: { channels: FILES['operations/channels.json'] },
      models: { ...CHANNEL, ...events },
    });
  });

  test.each<[string, string, unknown, string]>([
    [
      'a text that is none',
      'operations/channels.json',
      { get: { summary: 'Reads it.', parameters: { channelId: 7 } } },
      'texts/operations/channels.json: get: parameter channelId: string expected, found 7',
    ],
    [
      'an empty text',
      'operations/channels.json',
      { get: { summary: '' } },
      'texts/operations/channels.json: get: summary: Too small: expected string to have >=1 characters, found ""',
    ],
    [
      'a missing text',
      'operations/channels.json',
      { get: {} },
      'texts/operations/channels.json: get: summary: string expected',
    ],
    [
      'an unknown key',
      'models.json',
      { Channel: { description: 'A channel.', properties: {}, parameters: {} } },
      'texts/models.json: Channel: Unrecognized key: "parameters"',
    ],
    [
      'a code that is no failure',
      'operations/channels.json',
      { get: { summary: 'Reads it.', errors: { 204: 'fine.' } } },
      'texts/operations/channels.json: get: errors: 204: Invalid key in record',
    ],
    [
      'a resource of several texts',
      'resources.json',
      { channels: ['What is called.', 'What calls.'] },
      'texts/resources.json: channels: string expected',
    ],
    ['a model described twice', 'events.json', CHANNEL, 'texts/events.json: Channel: models.json describes it as well'],
    ['malformed JSON', 'models.json', '{', 'texts/models.json:1:2: malformed JSON: unexpected end of the file'],
    [
      'a missing file',
      'models.json',
      undefined,
      'models.json: the bundled descriptions are missing: this installation is broken',
    ],
  ])('with %s is refused, naming file and key', (_what, name, json, message) => {
    expect(() => readDescriptions(folder({ [name]: json }))).toThrow(message);
  });
});
