import { measure } from '../measure.js';
import { eventTypes, type EventType } from '../server/frames.js';
import { startNats } from '../server/nats.js';
import type { TaskInput, TaskName } from '../tasks/index.js';
import type { LoadInput } from '../tasks/nats-requests.js';
import type { Metrics } from '../tasks/task.js';
import type { Part } from './part.js';

/** What comes of calls that a worker has; no call begins. */
const types = (Object.keys(eventTypes) as EventType[]).filter((type) => type !== 'StasisStart');

/** Events a second that concern somebody else. */
const othersPerSecond = [1_000, 10_000];

/** Doubles and workers. */
const sizes = [
  [2, 1],
  [10, 5],
  [20, 10],
] as const;

const ways = { websocket: 'WebSocket', nats: 'relay and NATS', bare: 'NATS, nobody behind it' } as const;

/** A closed loop keeps everybody busy, whichever way is slower; at a rate both ways have the same to do. */
const loads: Readonly<Record<string, LoadInput>> = {
  '1 at a time': { kind: 'atATime', concurrency: 1 },
  '20 at a time': { kind: 'atATime', concurrency: 20 },
  '500 a second': { kind: 'perSecond', rate: 500 },
  'calls, 10 at a time': { kind: 'callsAtATime', concurrency: 10 },
};

/** The synthetic server has no calls, and nobody at all is behind the floor. */
function waysOf({ kind }: LoadInput, hasCalls: boolean): (keyof typeof ways)[] {
  if (kind !== 'callsAtATime') return ['websocket', 'nats', 'bare'];
  return hasCalls ? ['websocket', 'nats'] : [];
}

const longestMs = 120_000;

export const nats: Part = {
  name: 'nats',
  title:
    'Relays and workers on a NATS server: CPU of the client and its relay for a request, of each for an event or call',
  variants: ({ synthetic: target, asterisk, quick }) => [
    ...Object.entries({ synthetic: target, ...(asterisk !== undefined && { 'Asterisk 22': asterisk }) }).flatMap(
      ([place, asked]) =>
        Object.entries(loads).flatMap(([what, load]) =>
          waysOf(load, asked === asterisk).map((way) => ({
            scenario: `requests, ${place}, ${what}`,
            subject: ways[way],
            measure: () => withNats('natsRequests', { target: asked, way, load, ms: quick ? 1_000 : 3_000 }),
          })),
        ),
    ),
    {
      scenario: 'events through one relay',
      subject: 'one worker',
      measure: () => withNats('natsEvents', { target, types, channels: 512, count: quick ? 40_000 : 200_000 }),
    },
    ...othersPerSecond.map((others) => ({
      scenario: 'a worker that has 1,000 events a second',
      subject: `others have ${others}`,
      measure: () =>
        withNats('natsShare', {
          target,
          types,
          ownPerSecond: 1_000,
          othersPerSecond: others,
          ms: quick ? 2_000 : 6_000,
        }),
    })),
    ...sizes.map(([doubles, workers]) => ({
      scenario: '5 calls a second on each double, a second long',
      subject: `${doubles} doubles, ${workers} workers`,
      measure: () => withNats('natsCalls', { doubles, workers, calls: quick ? 25 : 100, everyMs: 200, callMs: 1_000 }),
    })),
  ],
};

/** Each measurement has a NATS server of its own. */
async function withNats<Name extends TaskName>(task: Name, input: Omit<TaskInput<Name>, 'servers'>): Promise<Metrics> {
  await using server = await startNats();
  return await measure('ws + JSON.parse', task, { ...input, servers: server.url } as TaskInput<Name>, longestMs);
}
