import { describe, expect, test } from 'vitest';
import { OBJECT_TABLE } from '../../../codegen/model/object-table.js';
import { branchModel, BRANCHES, operationOf, operationsOf } from '../support/branches.js';
import { modelOf, tinyDocuments } from '../support/documents.js';

describe('domain objects', () => {
  test('a release has those that its documents have a path and a model for', () => {
    expect(modelOf(tinyDocuments()).objects.map(({ name }) => name)).toEqual(['Channel']);
  });

  test.each(BRANCHES)(
    'Asterisk $major has all twelve, with keys that are fields of their models',
    async ({ major }) => {
      const { objects, models } = await branchModel(major);
      expect(objects).toEqual(OBJECT_TABLE);
      for (const { name, keys } of objects) {
        const fields = models.find((model) => model.name === name)?.properties.map((property) => property.name);
        expect(fields).toEqual(expect.arrayContaining(keys.map(({ field }) => field)));
      }
    },
  );

  test.each([
    ['channels.answer', { object: 'Channel', bound: ['channelId'] }],
    ['channels.originateWithId', { object: 'Channel', bound: ['channelId'] }],
    ['channels.snoopChannelWithId', { object: 'Channel', bound: ['channelId'] }],
    ['bridges.setVideoSource', { object: 'Bridge', bound: ['bridgeId'] }],
    ['endpoints.sendMessageToEndpoint', { object: 'Endpoint', bound: ['tech', 'resource'] }],
    ['recordings.copyStored', { object: 'StoredRecording', bound: ['recordingName'] }],
    ['recordings.stop', { object: 'LiveRecording', bound: ['recordingName'] }],
    ['asterisk.reloadModule', { object: 'Module', bound: ['moduleName'] }],
    ['asterisk.rotateLog', { object: 'LogChannel', bound: ['logChannelName'] }],
    // beside the instances, under a path that looks like one
    ['channels.create', { object: 'Channel', bound: ['channelId'] }],
    ['channels.externalMedia', { object: 'Channel', bound: ['channelId'] }],
    ['endpoints.sendMessage', undefined],
    // only a part of an endpoint's identity
    ['endpoints.listByTech', undefined],
    ['asterisk.getObject', undefined],
    ['events.userEvent', undefined],
  ])('%s acts on %j', async (id, want) => {
    expect(operationOf(await branchModel(22), id).target).toEqual(want);
  });

  test('as many operations act on an object as ARI has under the paths of instances', async () => {
    const operations = operationsOf(await branchModel(22));
    // 78 on what exists, 4 that also make it, 2 that make it though its id is not in their path
    expect(operations.filter(({ target }) => target)).toHaveLength(84);
  });

  test('every path parameter is bound by an object, or is known to be free', async () => {
    const free = operationsOf(await branchModel(22)).flatMap(({ parameters, target }) =>
      parameters.filter((one) => one.in === 'path' && !target?.bound.includes(one.name)).map(({ name }) => name),
    );
    expect([...new Set(free)].toSorted()).toEqual([
      'bridgeId', // of bridges.create, which is sent to the path of the new bridge
      'channelId',
      'configClass',
      'eventName',
      'id',
      'objectType',
      'playbackId',
      'snoopId',
      'tech',
    ]);
  });
});

describe('an object in place of its id', () => {
  test('is accepted where the table says so, and nowhere else', async () => {
    const accepted = operationsOf(await branchModel(22)).flatMap(({ id, parameters }) =>
      parameters.filter((one) => one.in !== 'path' && one.accepts).map((one) => `${id}(${one.name}): ${one.accepts}`),
    );
    expect(accepted).toMatchInlineSnapshot(`
      [
        "channels.originate(endpoint): Endpoint",
        "channels.originate(app): Application",
        "channels.originate(channelId): Channel",
        "channels.originate(otherChannelId): Channel",
        "channels.originate(originator): Channel",
        "channels.create(endpoint): Endpoint",
        "channels.create(app): Application",
        "channels.create(channelId): Channel",
        "channels.create(otherChannelId): Channel",
        "channels.create(originator): Channel",
        "channels.originateWithId(endpoint): Endpoint",
        "channels.originateWithId(app): Application",
        "channels.originateWithId(otherChannelId): Channel",
        "channels.originateWithId(originator): Channel",
        "channels.move(app): Application",
        "channels.redirect(endpoint): Endpoint",
        "channels.play(playbackId): Playback",
        "channels.record(name): LiveRecording",
        "channels.snoopChannel(app): Application",
        "channels.snoopChannel(snoopId): Channel",
        "channels.snoopChannelWithId(app): Application",
        "channels.dial(caller): Channel",
        "channels.externalMedia(channelId): Channel",
        "channels.externalMedia(app): Application",
        "bridges.addChannel(channel): Channel",
        "bridges.removeChannel(channel): Channel",
        "bridges.play(playbackId): Playback",
        "bridges.record(name): LiveRecording",
        "recordings.copyStored(destinationRecordingName): StoredRecording",
        "events.userEvent(application): Application",
        "events.userEvent(source): subject",
        "events.claimChannel(channelId): Channel",
        "events.claimChannel(application): Application",
        "applications.subscribe(eventSource): source",
        "applications.unsubscribe(eventSource): source",
      ]
    `);
  });

  test.each([
    ['channels.get', 'channelId', 'Channel'],
    ['bridges.setVideoSource', 'bridgeId', 'Bridge'],
    ['bridges.setVideoSource', 'channelId', 'Channel'],
    ['bridges.playWithId', 'playbackId', 'Playback'],
    ['channels.snoopChannelWithId', 'snoopId', 'Channel'],
    ['asterisk.getModule', 'moduleName', 'Module'],
    ['deviceStates.get', 'deviceName', 'DeviceState'],
    // two parameters make an endpoint, so neither can take one
    ['endpoints.get', 'tech', undefined],
    ['endpoints.get', 'resource', undefined],
    ['asterisk.getObject', 'id', undefined],
  ])('%s(%s) in the path: %s', async (id, name, want) => {
    const parameter = operationOf(await branchModel(22), id).parameters.find((one) => one.name === name);
    expect(parameter?.accepts).toBe(want);
  });

  test('an object that a release does not have is not accepted', () => {
    const documents = tinyDocuments();
    const play = { name: 'playbackId', paramType: 'query', dataType: 'string' };
    documents['channels.json'].apis[0].operations[0].parameters = [play];
    expect(operationOf(modelOf(documents), 'channels.list').parameters[0]).not.toHaveProperty('accepts');
  });
});
