import { describe, expect, test } from 'vitest';
import { branchModel, BRANCHES } from '../support/branches.js';
import { model, modelOf, tinyDocuments } from '../support/documents.js';

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
