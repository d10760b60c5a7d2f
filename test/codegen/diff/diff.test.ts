import { describe, expect, test } from 'vitest';
import { diff } from '../../../codegen/diff/diff.js';
import { diffModels } from '../../../codegen/diff/diff-models.js';
import { diffText } from '../../../codegen/diff/text.js';
import { model, modelOf, operation, pathParameter, tinyDocuments, type Documents } from '../support/documents.js';

/** The differences that bending the tiny documents makes. */
function differencesOf(bend: (documents: Documents) => void) {
  const documents = tinyDocuments();
  bend(documents);
  return diffModels(modelOf(tinyDocuments()), modelOf(documents));
}

const bundled = (version: string) => ({ kind: 'bundled', version }) as const;

describe('differences between branches', () => {
  test('20 → 22: one event, and nothing else', async () => {
    const result = await diff(bundled('20'), bundled('22'));
    expect(result.differences).toEqual([{ kind: 'event', change: 'added', name: 'ChannelToneDetected' }]);
    expect(diffText(result)).toBe('Asterisk 20.20.1 → 22.10.1\n\nevents\n  + ChannelToneDetected');
  });

  test('22 → 23: none', async () => {
    const result = await diff(bundled('22'), bundled('23'));
    expect(diffText(result)).toBe('Asterisk 22.10.1 → 23.4.1\nno difference');
  });

  test('there and back, what was added is removed', async () => {
    const there = await diff(bundled('21'), bundled('22'));
    const back = await diff(bundled('22'), bundled('21'));
    const names = (change: string, { differences }: typeof there) =>
      differences.filter((one) => one.change === change).map(({ kind, name }) => `${kind} ${name}`);
    expect(names('removed', back)).toEqual(names('added', there));
    expect(names('changed', back)).toEqual(names('changed', there));
    expect(names('added', there)).toEqual(
      expect.arrayContaining(['operation events.claimChannel', 'model Variables', 'property Bridge.bridgevars']),
    );
  });
});

describe('one difference', () => {
  test.each<[string, (documents: Documents) => void, object]>([
    [
      'an operation',
      (all) => all['channels.json'].apis.push({ path: '/channels/x', operations: [operation({ nickname: 'x' })] }),
      { kind: 'operation', change: 'added', name: 'channels.x' },
    ],
    [
      'an operation that is gone',
      (all) => all['channels.json'].apis.shift(),
      { kind: 'operation', change: 'removed', name: 'channels.list' },
    ],
    [
      'an operation that answers otherwise',
      (all) => (all['channels.json'].apis[0].operations[0].responseClass = 'Channel'),
      {
        kind: 'operation',
        change: 'changed',
        name: 'channels.list',
        details: [{ what: 'response', from: 'List[Channel]', to: 'Channel' }],
      },
    ],
    [
      'a parameter',
      (all) =>
        (all['channels.json'].apis[0].operations[0].parameters = [{ name: 'q', paramType: 'query', dataType: 'int' }]),
      { kind: 'parameter', change: 'added', name: 'channels.list(q)' },
    ],
    [
      'a parameter that is required now, with another default',
      (all) =>
        Object.assign(all['channels.json'].apis[1].operations[1].parameters[1], {
          required: true,
          defaultValue: 'busy',
        }),
      {
        kind: 'parameter',
        change: 'changed',
        name: 'channels.hangup(reason)',
        details: [
          { what: 'required', from: false, to: true },
          { what: 'default', from: 'normal', to: 'busy' },
        ],
      },
    ],
    [
      'a model, without a word about its properties',
      (all) => (all['channels.json'].models.More = model('More', { a: { type: 'int' } })),
      { kind: 'model', change: 'added', name: 'More' },
    ],
    [
      'a property',
      (all) => (all['channels.json'].models.Channel.properties.more = { type: 'int' }),
      { kind: 'property', change: 'added', name: 'Channel.more' },
    ],
    [
      'a property of another type',
      (all) => (all['channels.json'].models.Channel.properties.id.type = 'int'),
      {
        kind: 'property',
        change: 'changed',
        name: 'Channel.id',
        details: [{ what: 'type', from: 'string', to: 'int' }],
      },
    ],
    [
      'an event',
      (all) => {
        all['events.json'].models.Event.subTypes.push('Boom');
        all['events.json'].models.Boom = model('Boom', { loud: { type: 'boolean' } });
      },
      { kind: 'event', change: 'added', name: 'Boom' },
    ],
  ])('%s', (_what, bend, want) => {
    expect(differencesOf(bend).differences).toEqual([want]);
  });

  test('words and `since` are none', () => {
    const { differences } = differencesOf((all) => {
      all['channels.json'].apis[0].operations[0].summary = 'Otherwise';
      all['channels.json'].apis[0].operations[0].since = ['22.0.0'];
    });
    expect(differences).toEqual([]);
  });

  test('is a line of text', () => {
    const text = diffText(
      differencesOf((all) => {
        const [hangup] = all['channels.json'].apis[1].operations.splice(1, 1);
        all['channels.json'].apis[1].operations[0].errorResponses = [{ code: 404 }, { code: 409 }];
        all['channels.json'].apis[1].operations[0].parameters = [pathParameter('channelId'), hangup.parameters[1]];
        all['channels.json'].models.Channel.properties.id.required = false;
      }),
    );
    expect(text.split('\n').slice(1)).toEqual([
      '',
      'operations',
      '  - channels.hangup',
      '  ~ channels.get: errors none → 404|409',
      '',
      'parameters',
      '  + channels.get(reason)',
      '',
      'properties',
      '  ~ Channel.id: optional false → true',
    ]);
  });
});
