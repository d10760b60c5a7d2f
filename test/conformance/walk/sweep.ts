import type { DocumentedParameter } from '../../../src/testing/docs/documents.js';
import { Ground, type Real } from './ground.js';
import { operations, type Operation } from './operations.js';
import { brisk, patient, type Patience, ServerGone } from './side.js';
import type { Request, Step } from './step.js';
import { pools } from './values.js';

/** Objects in a state, and how to bring them there. */
export interface Situation {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Resources whose operations are of interest. */
  readonly resources: readonly string[];
}

const answer: readonly Step[] = [
  { method: 'POST', path: '/channels/~a', query: { endpoint: 'Local/stasis-~two@default/n', app: '~one' } },
  { method: 'POST', path: '/channels/~a%3B2/answer' },
];
const room: Step = { method: 'POST', path: '/bridges/~x' };
const inRoom: Step = { method: 'POST', path: '/bridges/~x/addChannel', query: { channel: '~a' } };
const created: Step = {
  method: 'POST',
  path: '/channels/create',
  query: { endpoint: 'Local/ring@default/n', app: '~one', channelId: '~a', otherChannelId: '~a;2' },
};
const play = { method: 'POST', query: { media: 'sound:demo-congrats' } } as const;
const record = { method: 'POST', query: { name: '~r', format: 'wav' } } as const;

/** The main one comes first: there every value of every parameter is tried, in the others every operation. */
export const situations: readonly Situation[] = [
  { name: 'an answered channel in an application, and a bridge', steps: [...answer, room], resources: [] },
  { name: 'nothing', steps: [], resources: [] },
  {
    name: 'a channel in the dialplan',
    steps: [{ method: 'POST', path: '/channels/~a', query: { endpoint: 'Local/ring@default/n', extension: 'wait' } }],
    resources: ['channels', 'bridges', 'events'],
  },
  { name: 'a channel that is not dialled', steps: [created, room], resources: ['channels', 'bridges'] },
  {
    name: 'a channel that is being dialled',
    steps: [created, room, { method: 'POST', path: '/channels/~a/dial' }],
    resources: ['channels', 'bridges'],
  },
  {
    name: 'a channel that rings in the application',
    steps: [
      { method: 'POST', path: '/channels/~b', query: { endpoint: 'Local/stasis-~two@default/n', app: '~one' } },
      { method: 'POST', path: '/channels/~b%3B2/ring' },
      room,
    ],
    resources: ['channels', 'bridges'],
  },
  { name: 'a channel in a bridge', steps: [...answer, room, inRoom], resources: ['channels', 'bridges'] },
  {
    name: 'a channel that is played to',
    steps: [...answer, room, { ...play, path: '/channels/~a/play/~p' }],
    resources: ['channels', 'bridges', 'playbacks'],
  },
  {
    name: 'a playback that is paused',
    steps: [
      ...answer,
      { ...play, path: '/channels/~a/play/~p' },
      { method: 'POST', path: '/playbacks/~p/control', query: { operation: 'pause' } },
    ],
    resources: ['playbacks', 'channels'],
  },
  {
    name: 'a playback that waits',
    steps: [...answer, { ...play, path: '/channels/~a/play/~q' }, { ...play, path: '/channels/~a/play/~p' }],
    resources: ['playbacks'],
  },
  {
    name: 'a bridge that is played to',
    steps: [...answer, room, inRoom, { ...play, path: '/bridges/~x/play/~p' }],
    resources: ['bridges', 'playbacks', 'channels'],
  },
  {
    name: 'a channel that is recorded',
    steps: [...answer, room, { ...record, path: '/channels/~a/record' }],
    resources: ['recordings', 'channels', 'bridges'],
  },
  {
    name: 'a recording that is paused',
    steps: [
      ...answer,
      { ...record, path: '/channels/~a/record' },
      { method: 'POST', path: '/recordings/live/~r/pause' },
    ],
    resources: ['recordings'],
  },
  {
    name: 'a bridge that is recorded',
    steps: [...answer, room, inRoom, { ...record, path: '/bridges/~x/record' }],
    resources: ['recordings', 'bridges'],
  },
  {
    name: 'a stored recording',
    steps: [
      ...answer,
      { ...record, path: '/channels/~a/record' },
      { method: 'POST', path: '/recordings/live/~r/stop' },
    ],
    resources: ['recordings', 'channels'],
  },
  {
    name: 'a bridge with music',
    steps: [...answer, room, inRoom, { method: 'POST', path: '/bridges/~x/moh' }],
    resources: ['bridges', 'channels'],
  },
  {
    name: 'a channel with music',
    steps: [...answer, room, { method: 'POST', path: '/channels/~a/moh' }],
    resources: ['channels', 'bridges'],
  },
  {
    name: 'a channel that is snooped on',
    steps: [...answer, { method: 'POST', path: '/channels/~a/snoop/~b', query: { spy: 'both', app: '~one' } }],
    resources: ['channels'],
  },
  {
    name: 'an application that is subscribed',
    steps: [
      ...answer,
      room,
      {
        method: 'POST',
        path: '/applications/~one/subscription',
        query: { eventSource: 'channel:~a,bridge:~x,endpoint:PJSIP/alice,deviceState:Stasis:~v' },
      },
    ],
    resources: ['applications'],
  },
];

/** An ordinary value for each parameter, with which an operation gets as far as it can. */
const ordinary = new Map<string, string>(
  Object.entries({
    channelId: '~a',
    channel: '~a',
    bridgeId: '~x',
    playbackId: '~p',
    recordingName: '~r',
    snoopId: '~d',
    name: '~r',
    applicationName: '~one',
    application: '~one',
    app: '~one',
    endpoint: 'Local/ring@default/n',
    media: 'sound:demo-congrats',
    format: 'wav',
    eventSource: 'channel:~a',
    spy: 'both',
    direction: 'both',
    operation: 'pause',
    dtmf: '5',
    variable: 'ONE',
    variables: 'ONE',
    value: '1',
    external_host: '127.0.0.1:9',
    deviceName: 'Stasis:~v',
    deviceState: 'INUSE',
    mailboxName: '~m',
    oldMessages: '1',
    newMessages: '2',
    eventName: 'lunch',
    destinationRecordingName: '~s',
    tech: 'PJSIP',
    resource: 'alice',
    configClass: 'res_pjsip',
    objectType: 'auth',
    id: '~o',
    to: 'pjsip:alice',
    from: 'x',
    refer_to: 'pjsip:alice',
    states: 'channel_progress',
  }),
);

/** Operations that take their first parameter as given make new objects: these need ids of their own. */
const own = new Map<string, Readonly<Record<string, string>>>([
  ['channels.originate', {}],
  ['channels.originateWithId', { channelId: '~c' }],
  ['channels.externalMedia', { format: 'slin' }],
  ['bridges.createWithId', { bridgeId: '~y' }],
  ['channels.playWithId', { playbackId: '~n' }],
  ['bridges.playWithId', { playbackId: '~n' }],
  ['channels.record', { name: '~t' }],
  ['bridges.record', { name: '~t' }],
]);

const oddTexts = ['', ' ', 'nonsense', 'a,b', '"', 'ä€😀', '%41', 'x'.repeat(300), '../x', 'a b', "'", '\\', '<&>'];
const oddNumbers = [
  '',
  '-1',
  '0',
  '1',
  'x',
  '5x',
  ' 7',
  '+3',
  '1.9',
  '1e3',
  '0x10',
  '2147483647',
  '2147483648',
  '4294967297',
  '-2147483649',
  '9223372036854775808',
  '99999999999999999999',
];
const oddFlags = ['', 'true', 'false', 'TRUE', 'yes', 'y', 't', '1', 'on', 'x', '0'];
const oddJson: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.9,
  1e3,
  '',
  'text',
  '5',
  [],
  ['a'],
  [1],
  {},
  { a: 1 },
  2147483648,
  1e300,
];

/** Makes every request of interest in a situation, and tells those whose second try, with more time, differs as well. */
export async function* sweep(real: Real, situation: Situation): AsyncGenerator<{ request: Request; lines: string[] }> {
  let ground: Ground | undefined;
  try {
    for (const request of requestsIn(situation)) {
      ground ??= await inSituation(real, situation, brisk);
      let lines = await attempt(ground, request);
      if (lines.length > 0 || ground.changed) {
        await ground[Symbol.asyncDispose]();
        ground = undefined;
      }
      if (lines.length === 0) continue;
      await using again = await inSituation(real, situation, patient);
      lines = await attempt(again, request);
      if (lines.length > 0) yield { request, lines };
    }
  } finally {
    await ground?.[Symbol.asyncDispose]();
  }
}

async function inSituation(real: Real, { steps }: Situation, patience: Patience): Promise<Ground> {
  const ground = await Ground.enter(real, patience);
  for (const step of steps) await ground.take(step);
  return ground;
}

async function attempt(ground: Ground, request: Request): Promise<string[]> {
  try {
    return await ground.take(request);
  } catch (error) {
    if (error instanceof ServerGone) return ['the real Asterisk is gone'];
    throw error;
  }
}

/** Every request of interest in a situation. */
function* requestsIn(situation: Situation): Generator<Request> {
  const all = situation.resources.length === 0;
  for (const operation of operations) {
    const [resource = ''] = operation.name.split('.');
    if (!all && !situation.resources.includes(resource)) continue;
    yield requestOf(operation, {});
    if (!all) continue;
    for (const parameter of operation.parameters) yield* odd(operation, parameter);
  }
}

function* odd(operation: Operation, { name, paramType, dataType }: DocumentedParameter): Generator<Request> {
  if (paramType === 'body') return;
  const texts = dataType === 'boolean' ? oddFlags : dataType === 'string' ? oddTexts : oddNumbers;
  for (const text of new Set([...(pools.get(name) ?? []), ...texts])) {
    if (paramType !== 'path' || text !== '') yield requestOf(operation, { [name]: text });
  }
  if (paramType === 'path') return;
  const plain = requestOf(operation, {});
  const { [name]: _left, ...query } = plain.query ?? {};
  yield { ...plain, query };
  for (const value of oddJson) yield { ...plain, query, body: { [name]: value } };
}

function requestOf({ name, method, path, parameters }: Operation, given: Readonly<Record<string, string>>): Request {
  const value = (of: string): string | undefined => given[of] ?? own.get(name)?.[of] ?? ordinary.get(of);
  const query = parameters.filter((one) => {
    if (one.paramType !== 'query') return false;
    return given[one.name] !== undefined || (isNeeded(one) && value(one.name) !== undefined);
  });
  return {
    method,
    path: path.replaceAll(/\{(\w+)\}/g, (_whole, of: string) => encodeURIComponent(value(of) ?? 'none')),
    query: Object.fromEntries(query.map((one) => [one.name, value(one.name) ?? ''])),
  };
}

/** Optional parameters without which an operation does not get far. */
const helpful = new Set(['app', 'spy', 'direction', 'variables', 'value']);

function isNeeded({ name, required }: DocumentedParameter & { readonly required?: boolean }): boolean {
  return required === true || helpful.has(name);
}
