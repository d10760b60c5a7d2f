import { expect, it } from 'vitest';
import { schemas } from '../../generated/v22/schemas/index.js';
import { SchemaCheck } from '../../src/validation/schema-check.js';
import { channelData, event } from '../support/events.js';

const check = new SchemaCheck(schemas);
const answer = (name: string, data: unknown) =>
  check.answer({ name } as never, data).map(({ path, message }) => `${path}: ${message}`);

it.each([
  ['a missing field', { ...channelData('1'), name: undefined }, 'name: is missing; must be a string'],
  ['a number for a text', { ...channelData('1'), name: 5 }, 'name: must be a string, not 5'],
  ['a list for a text', { ...channelData('1'), name: [1] }, 'name: must be a string, not a list'],
  ['a text for an object', { ...channelData('1'), caller: 'Ann' }, 'caller: must be an object, not "Ann"'],
  ['a fraction', place({ priority: 1.5 }), 'dialplan.priority: must be a whole number, not 1.5'],
  ['a text for a number', place({ priority: '1' }), 'dialplan.priority: must be a number, not "1"'],
  [
    'another form of date',
    { ...channelData('1'), creationtime: '2026-01-01T00:00:00Z' },
    'creationtime: must be a date such as 2026-01-01T00:00:00.000+0000, not "2026-01-01T00:00:00Z"',
  ],
  ['a variable', { ...channelData('1'), channelvars: { 'A B': 1 } }, 'channelvars["A B"]: must be a string, not 1'],
  ['no object at all', 'nothing', ': must be an object, not "nothing"'],
])('%s is told in words', (_what, data, issue) => {
  expect(answer('channels.get', data)).toEqual([issue]);
});

it('items of a list are told by their place', () => {
  const channels = [channelData('1'), { ...channelData('2'), caller: { name: 'Ann', number: null } }];
  expect(answer('channels.list', channels)).toEqual(['[1].caller.number: must be a string, not null']);
  expect(answer('channels.list', {})).toEqual([': must be a list, not an object']);
});

it('a value that may be one of two types is told so', () => {
  const endpoint = { technology: 'IAX2', resource: 'a', state: 'online', channel_ids: [] };
  const change = event('PeerStatusChange', { endpoint, peer: { peer_status: 'Lagged', port: 4569 } });
  const issues = (sent: object) => check.event({ name: 'PeerStatusChange' } as never, sent as never);
  expect(issues(change)).toEqual([]);
  expect(issues({ ...change, peer: { peer_status: 'Lagged', port: true } })).toEqual([
    { path: 'peer.port', message: 'must be a string or a number, not true' },
  ]);
});

it('a long text is cut', () => {
  expect(answer('channels.get', 'x'.repeat(100))).toEqual([`: must be an object, not "${'x'.repeat(40)}…"`]);
});

function place(fields: object): object {
  const dialplan = { context: 'a', exten: 's', priority: 1, app_name: '', app_data: '' };
  return { ...channelData('1'), dialplan: { ...dialplan, ...fields } };
}
