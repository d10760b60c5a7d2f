import { describe, expect, test } from 'vitest';
import { correct } from '../../../codegen/model/correct.js';
import { CORRECTIONS, MODEL_ADDITIONS } from '../../../codegen/model/corrections.js';
import { typeText } from '../../../codegen/diff/type-text.js';
import type { ApiModel, Parameter, Property } from '../../../codegen/model/types.js';
import { branchModel, BRANCHES, operationOf } from '../support/branches.js';
import { model, modelOf, tinyDocuments } from '../support/documents.js';

const { properties, models, parameters, operations } = CORRECTIONS;
const ROWS = [properties, models, parameters, operations].flat();

describe('the table of corrections', () => {
  test.each(BRANCHES)('finds every place it speaks of in Asterisk $release', async ({ major }) => {
    const warnings: string[] = [];
    await branchModel(major, warnings);
    expect(warnings).toEqual([]);
  });

  test('has a reason and evidence in every row', () => {
    for (const { reason, evidence } of [...ROWS, ...MODEL_ADDITIONS]) {
      expect(reason).toMatch(/\.$/);
      expect(evidence).toMatch(/\.c|^seen on /);
    }
  });

  test('has no row without effect: each corrects something in one of the branches', async () => {
    const models = await Promise.all(BRANCHES.map(({ major }) => branchModel(major)));
    const idle = ROWS.filter(({ place }) => !models.some((model) => isCorrected(model, place)));
    expect(idle.map(({ place }) => place)).toEqual([]);
  });

  test('warns where the documents no longer have a place that their release should have', () => {
    const documents = tinyDocuments();
    documents['channels.json'].models.Channel = model('Channel', { id: { type: 'string', required: true } });
    const warnings: string[] = [];
    modelOf(documents, '22.10.1', warnings);
    expect(warnings).toContain(
      'Channel.state: there is a correction for it, but the documents of Asterisk 22.10.1 no longer have it',
    );
    expect(warnings.some((warning) => warning.startsWith('Variables.variables:'))).toBe(true);
  });

  test('does not miss what a release does not have yet', () => {
    const warnings: string[] = [];
    modelOf(tinyDocuments(), '22.9.0', warnings);
    expect(warnings.some((warning) => warning.startsWith('Variables.variables:'))).toBe(false);
    const older: string[] = [];
    modelOf(tinyDocuments(), '12.0.0', older);
    expect(older).toEqual([]);
  });

  test('leaves alone what is right already, and gives no reason for it', async () => {
    const { models, resources } = await branchModel(22);
    expect(correct({ models, resources }, '22.10.1', () => {})).toEqual({ models, resources });
    const documents = tinyDocuments();
    documents['events.json'].models.Message.properties.asterisk_id.required = true;
    expect(propertyOf(modelOf(documents), 'Message.asterisk_id')).not.toHaveProperty('correction');
  });
});

describe('what it corrects in Asterisk 22', () => {
  test.each<[string, Partial<Property>]>([
    ['DialplanCEP.priority', { nullable: true, optional: false }],
    ['DialplanCEP.context', { nullable: true }],
    ['Playback.language', { optional: false }],
    ['ChannelHold.musicclass', { optional: false }],
    ['Dial.dialstring', { optional: false }],
    ['Dial.caller', { optional: true }],
    ['Peer.port', { alsoNumber: true }],
    ['Peer.time', { alsoNumber: true }],
    ['Endpoint.max_channels', { optional: true }],
    ['RTPstat.local_normdevmes', { optional: true }],
    ['Application.device_names', { optional: true }],
    ['CallBroadcast.caller', { optional: false }],
    ['RequiredDestination.destination', { optional: false }],
    ['ChannelEnteredBridge.channel', { optional: false }],
    ['StasisStart.asterisk_id', { optional: false }],
    ['Bridge.video_mode', { values: ['none', 'talker', 'single', 'sfu'] }],
  ])('%s', async (place, want) => {
    const property = propertyOf(await branchModel(22), place);
    expect(property).toMatchObject(want);
    if (place !== 'Dial.caller') expect(property?.correction).toMatch(/\.$/);
  });

  test.each([
    ['AsteriskPing.timestamp', 'date'],
    ['Bridge.bridgevars', 'Map[string]'],
    ['Channel.channelvars', 'Map[string]'],
    ['TextMessage.variables', 'Map[string]'],
    ['Variables.variables', 'Map[string]'],
    ['ChannelUserevent.userevent', 'Map[unknown]'],
    ['Application.events_allowed', 'List[EventFilterEntry]'],
  ])('the type of %s is %s', async (place, want) => {
    const property = propertyOf(await branchModel(22), place);
    expect(property && typeText(property.type)).toBe(want);
  });

  test('a channel may be `Rsrvd`, which the documents misspell', async () => {
    const { values } = propertyOf(await branchModel(22), 'Channel.state') ?? {};
    expect(values).toEqual(expect.arrayContaining(['Rsrvd', 'Mute', 'Up', 'Dialing Offhook']));
    expect(values).not.toContain('Rsrved');
  });

  test('a playback may be paused', async () => {
    const { values } = propertyOf(await branchModel(22), 'Playback.state') ?? {};
    expect(values).toEqual(['queued', 'playing', 'continuing', 'done', 'failed', 'paused']);
  });

  test('mute wants a direction', async () => {
    const direction = parameterOf(await branchModel(22), 'channels.mute', 'direction');
    expect(direction).toMatchObject({ required: true });
    expect(direction).not.toHaveProperty('defaultValue');
  });

  test('the filter of events has a model, which the documents do not have', async () => {
    const { models } = await branchModel(22);
    expect(models.find(({ name }) => name === 'EventFilter')).toMatchObject({
      properties: [
        { name: 'allowed', optional: true },
        { name: 'disallowed', optional: true },
      ],
    });
  });
});

describe('what depends on the release', () => {
  test.each([
    [16, ['both']],
    [18, ['both']],
    [20, ['both', 'in', 'out']],
    [21, ['both']],
    [22, ['both', 'in', 'out']],
    [23, ['both', 'in', 'out']],
  ])('the directions of external media in Asterisk %i', async (major, values) => {
    const direction = parameterOf(await branchModel(major), 'channels.externalMedia', 'direction');
    expect(direction?.allowed).toEqual({ kind: 'list', values });
  });

  test.each([
    [18, undefined, { in: 'query', required: false }],
    [20, '/bridges/{bridgeId}', { in: 'path', required: false, generated: true }],
    [21, undefined, { in: 'query', required: false }],
    [22, '/bridges/{bridgeId}', { in: 'path', required: false, generated: true }],
  ])('where Asterisk %i is asked for a new bridge', async (major, sendPath, bridgeId) => {
    const api = await branchModel(major);
    const create = operationOf(api, 'bridges.create');
    expect(create.path).toBe('/bridges');
    expect(create.sendPath).toBe(sendPath);
    const parameter = parameterOf(api, 'bridges.create', 'bridgeId');
    expect(parameter).toMatchObject(bridgeId);
    expect(parameter?.generated).toBe('generated' in bridgeId ? true : undefined);
  });

  test('the documents claim channels too early', async () => {
    expect(operationOf(await branchModel(22), 'events.claimChannel').since).toEqual(['20.20.0', '22.10.0', '23.4.0']);
  });
});

function propertyOf({ models, events }: ApiModel, place: string): Property | undefined {
  const [holder, name] = place.split('.');
  return [...models, ...events].find((one) => one.name === holder)?.properties.find((one) => one.name === name);
}

function parameterOf(api: ApiModel, operation: string, name: string): Parameter | undefined {
  return operationOf(api, operation).parameters.find((one) => one.name === name);
}

/** Whether a place bears the mark of a correction. */
function isCorrected(api: ApiModel, place: string): boolean {
  const [, operation = '', parameter] = /^([a-z]\w*\.\w+)(?:\((\w+)\))?$/.exec(place) ?? [];
  if (operation) {
    const found = api.resources.flatMap(({ operations }) => operations).find(({ id }) => id === operation);
    const one = parameter === undefined ? found : found?.parameters.find(({ name }) => name === parameter);
    return one?.correction !== undefined;
  }
  if (place.includes('.')) return propertyOf(api, place)?.correction !== undefined;
  return api.models.some(({ name, properties }) => name === place && properties.some((one) => one.correction));
}
