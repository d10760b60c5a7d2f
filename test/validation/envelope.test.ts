import { expect, it } from 'vitest';
import { bindings } from '../../generated/v22/bindings.js';
import { channelData, event, start } from '../support/events.js';
import { fedClient } from './support/client.js';

const issuesOf = async (sent: object, validation?: 'none' | 'envelope' | 'full') => {
  const { client, invalid } = await fedClient({ ...(validation && { validation }) });
  client.on('*', () => undefined);
  client.dispatch(sent);
  return invalid.flatMap(({ issues }) => issues.map(({ path, message }) => `${path} ${message}`));
};

it('the fields of every event are known to the bindings', () => {
  expect(bindings.envelope).toEqual(['asterisk_id', 'application', 'timestamp']);
});

it('by default, what every event has is looked at, and the ids of objects', async () => {
  expect(await issuesOf(start('1'))).toEqual([]);
  expect(await issuesOf({ ...start('1'), application: 5 })).toEqual(['application must be a string, not 5']);
  expect(await issuesOf({ ...start('1'), timestamp: undefined })).toEqual(['timestamp is missing; must be a string']);
  expect(await issuesOf({ ...start('1'), channel: { ...channelData('1'), id: null } })).toEqual([
    'channel.id must be a string, not null',
  ]);
  expect(await issuesOf({ ...start('1'), channel: 'a name' })).toEqual(['channel must be an object, not "a name"']);
});

it('nested objects and those identified by several fields too', async () => {
  const referred = { source_channel: { ...channelData('1'), id: 1 } };
  const transfer = event('ChannelTransfer', { refer_to: {}, referred_by: referred });
  expect(await issuesOf(transfer)).toEqual(['referred_by.source_channel.id must be a string, not 1']);
  const endpoint = event('EndpointStateChange', { endpoint: { technology: 'PJSIP' } });
  expect(await issuesOf(endpoint)).toEqual(['endpoint.resource is missing; must be a string']);
});

it('by default nothing else is looked at; with full, everything; with none, nothing', async () => {
  const odd = { ...start('1'), args: 'not a list', channel: { ...channelData('1'), name: 5 } };
  expect(await issuesOf(odd)).toEqual([]);
  expect(await issuesOf(odd, 'full')).toEqual([
    'args must be a list, not "not a list"',
    'channel.name must be a string, not 5',
  ]);
  expect(await issuesOf({ ...odd, application: 5 }, 'none')).toEqual([]);
});

it('a field that may be absent is not missed, and one that is null is taken as absent', async () => {
  const user = event('ChannelUserevent', { eventname: 'lunch', userevent: {} });
  expect(await issuesOf(user)).toEqual([]);
  expect(await issuesOf({ ...user, channel: null })).toEqual([]);
});
