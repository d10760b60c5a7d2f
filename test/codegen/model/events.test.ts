import { describe, expect, test } from 'vitest';
import { branchModel, BRANCHES } from '../support/branches.js';
import { CodegenError } from '../../../codegen/errors.js';
import { model, modelOf, tinyDocuments, type Doc, type Documents } from '../support/documents.js';

describe('families of events', () => {
  test('of several bases are one event each, with all that these have', () => {
    const documents = tinyDocuments();
    const { models } = documents['events.json'];
    models.Event.subTypes.push('Left', 'Right', 'Both');
    models.Left = { ...model('Left', { left: { type: 'string' } }), subTypes: ['Both'] };
    models.Right = { ...model('Right', { right: { type: 'string' } }), subTypes: ['Both'] };
    models.Both = model('Both', { own: { type: 'string' } });
    const both = modelOf(documents).events.filter(({ name }) => name === 'Both');
    const names = both.map(({ properties }) => properties.map(({ name }) => name));
    expect(names).toEqual([['type', 'asterisk_id', 'timestamp', 'left', 'right', 'own']]);
  });

  test.each<[string, (models: Documents[string]) => void, string]>([
    ['itself', (models) => (models.ChannelCreated.subTypes = ['ChannelCreated']), 'ChannelCreated'],
    ['itself, by extends', (models) => (models.ChannelCreated.extends = 'ChannelCreated'), 'ChannelCreated'],
    ['its base', (models) => (models.ChannelCreated.subTypes = ['Event']), 'Event'],
    ['the root of all', (models) => (models.ApplicationReplaced.subTypes = ['Message']), 'Message'],
  ])('with %s among the subtypes are refused', (_what, bend, name) => {
    const documents = tinyDocuments();
    bend(documents['events.json'].models);
    const message = /^events\.json: model (\w+): it is a subtype of itself, or of one of its subtypes$/;
    const error = faultOf(documents);
    expect(error.message).toMatch(message);
    expect(['Message', 'Event', name]).toContain(message.exec(error.message)?.[1]);
  });

  test('in a long line are events with all that it has', () => {
    const documents = tinyDocuments();
    const { models } = documents['events.json'];
    const names = Array.from({ length: 200 }, (_, index) => `Line${index}`);
    models.Event.subTypes.push('Line0');
    for (const [index, name] of names.entries()) {
      models[name] = model(name, { [`p${index}`]: { type: 'string' } });
      if (index + 1 < names.length) models[name].subTypes = [names[index + 1]];
    }
    const last = modelOf(documents).events.find(({ name }) => name === 'Line199');
    expect(last?.properties).toHaveLength(203);
  });

  test.each<[string, (all: Documents) => void, RegExp]>([
    [
      'an answer',
      (all) => (all['channels.json'].apis[0].operations[0].responseClass = 'List[Event]'),
      /^channels\.json: GET \/channels \(list\): responseClass: 'Event' is an event, and no value$/,
    ],
    [
      'a property',
      (all) => (all['events.json'].models.ChannelCreated.properties.last = { type: 'ApplicationReplaced' }),
      /^events\.json: model ChannelCreated: property last: 'ApplicationReplaced' is an event, and no value$/,
    ],
    [
      'a kind of object',
      (all) => all['events.json'].models.Event.subTypes.push('Channel'),
      /^events\.json: model ChannelCreated: property channel: 'Channel' is an event|^channels\.json: GET \/channels \(list\): responseClass: 'Channel' is an event/,
    ],
  ])('are not %s', (_what, bend, message) => {
    const documents = tinyDocuments();
    bend(documents);
    expect(faultOf(documents).message).toMatch(message);
  });
});

describe('models that refer to one another', () => {
  /** Documents with so many models that each have all of the others, and a channel. */
  function knot(count: number, more: Doc = {}): Documents {
    const documents = tinyDocuments();
    const { models } = documents['events.json'];
    const names = Array.from({ length: count }, (_, index) => `Knot${index}`);
    const properties = Object.fromEntries(names.map((name) => [name.toLowerCase(), { type: name }]));
    for (const name of names) models[name] = model(name, { ...properties, ...more });
    return documents;
  }

  test('are looked through in no time, where no event has them', () => {
    const documents = knot(100, { channel: { type: 'Channel' } });
    const holders = modelOf(documents).models.filter(({ holdsObjects }) => holdsObjects);
    expect(holders).toHaveLength(100);
  });

  test('are refused by the event that has them, as its objects would be everywhere', () => {
    const documents = knot(13, { channel: { type: 'Channel' } });
    documents['events.json'].models.ChannelCreated.properties.knot = { type: 'Knot0' };
    const began = performance.now();
    expect(faultOf(documents).message).toBe(
      'events.json: event ChannelCreated: the models in it refer to one another in too many ways',
    );
    expect(performance.now() - began).toBeLessThan(2000);
  });

  test('are refused where the way back is the only one to an object, too', () => {
    const documents = knot(13, { entry: { type: 'Entry' } });
    const { models } = documents['events.json'];
    models.Entry = model('Entry', { ...models.Knot0.properties, channel: { type: 'Channel' } });
    models.ChannelCreated.properties.entry = { type: 'Entry' };
    expect(faultOf(documents).message).toContain('refer to one another in too many ways');
  });

  test('cost nothing where they lead to no object', () => {
    const documents = knot(60);
    documents['events.json'].models.ChannelCreated.properties.knot = { type: 'Knot0' };
    expect(modelOf(documents).events[0]?.objects).toHaveLength(1);
  });

  test('may lead a long way down to an object', () => {
    const documents = tinyDocuments();
    const { models } = documents['events.json'];
    for (let depth = 0; depth < 500; depth += 1) {
      models[`D${depth}`] = model(`D${depth}`, { d: { type: `D${depth + 1}`, required: true } });
    }
    models.D500 = model('D500', { channel: { type: 'Channel', required: true } });
    models.ChannelCreated.properties = { deep: { type: 'D0', required: true } };
    expect(modelOf(documents).events[0]?.objects).toEqual([
      { path: `deep.${'d.'.repeat(500)}channel`, object: 'Channel', optional: false },
    ]);
  });

  test('have no dot in the names that lead to an object, which the runtime reads as a way', () => {
    const documents = tinyDocuments();
    documents['events.json'].models.ChannelCreated.properties['a.b'] = { type: 'Channel' };
    expect(faultOf(documents).message).toBe(
      "events.json: event ChannelCreated: 'a.b' leads to an object: it may have no dot",
    );
  });
});

function faultOf(documents: Documents): Error {
  try {
    modelOf(documents);
  } catch (error) {
    if (error instanceof CodegenError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('events', () => {
  test('have the properties of what they descend from before their own', () => {
    expect(modelOf(tinyDocuments()).events).toMatchObject([
      {
        name: 'ChannelCreated',
        properties: [{ name: 'type' }, { name: 'asterisk_id' }, { name: 'timestamp' }, { name: 'channel' }],
        objects: [{ path: 'channel', object: 'Channel', optional: false }],
      },
      { name: 'ApplicationReplaced', properties: [{ name: 'type' }, {}, {}], objects: [] },
    ]);
  });

  test('a subtype of a message that is no event is a model', () => {
    const { events, models } = modelOf(tinyDocuments());
    expect(events.map(({ name }) => name)).not.toContain('MissingParams');
    expect(models.find(({ name }) => name === 'MissingParams')?.eventBase).toBeUndefined();
  });

  test('their bases are marked, and complete', () => {
    const { models } = modelOf(tinyDocuments());
    const bases = models.filter(({ eventBase }) => eventBase);
    expect(bases.map(({ name, properties }) => [name, properties.map((property) => property.name)])).toEqual([
      ['Message', ['type', 'asterisk_id']],
      ['Event', ['type', 'asterisk_id', 'timestamp']],
    ]);
  });

  test('a property that an event describes anew is there once, as the event has it', () => {
    const documents = tinyDocuments();
    documents['events.json'].models.ChannelCreated.properties.timestamp = { type: 'long' };
    const [created] = modelOf(documents).events;
    expect(created?.properties.filter(({ name }) => name === 'timestamp')).toMatchObject([{ optional: true }]);
  });

  test('objects within models are found, lists and circles are not followed', () => {
    const documents = tinyDocuments();
    const models = documents['events.json'].models;
    models.Party = model('Party', {
      leg: { type: 'Channel', required: true },
      others: { type: 'List[Channel]', required: true },
      friend: { type: 'Party', required: true },
    });
    models.ChannelCreated.properties.party = { type: 'Party' };
    const api = modelOf(documents);
    expect(api.events[0]?.objects).toEqual([
      { path: 'channel', object: 'Channel', optional: false },
      { path: 'party.leg', object: 'Channel', optional: true },
    ]);
    expect(api.models.find(({ name }) => name === 'Party')?.holdsObjects).toBe(true);
    expect(api.models.find(({ name }) => name === 'Channel')?.holdsObjects).toBe(false);
  });

  test('documents without events have none', () => {
    const documents = tinyDocuments();
    documents['resources.json'].apis.pop();
    expect(modelOf(documents).events).toEqual([]);
  });

  test('the objects of a transfer are two steps down', async () => {
    const { events } = await branchModel(22);
    expect(events.find(({ name }) => name === 'ChannelTransfer')?.objects).toEqual([
      { path: 'refer_to.destination_channel', object: 'Channel', optional: true },
      { path: 'refer_to.connected_channel', object: 'Channel', optional: true },
      { path: 'refer_to.bridge', object: 'Bridge', optional: true },
      { path: 'referred_by.source_channel', object: 'Channel', optional: false },
      { path: 'referred_by.connected_channel', object: 'Channel', optional: true },
      { path: 'referred_by.bridge', object: 'Bridge', optional: true },
    ]);
  });

  test.each(BRANCHES)('every event of Asterisk $major has its envelope', async ({ major, events: count }) => {
    const { events } = await branchModel(major);
    expect(events).toHaveLength(count);
    for (const { properties } of events) {
      expect(properties.slice(0, 4)).toMatchObject([
        { name: 'type', optional: false },
        { name: 'asterisk_id', optional: false },
        { name: 'application', optional: false },
        { name: 'timestamp', optional: false, type: { name: 'date' } },
      ]);
    }
  });
});
