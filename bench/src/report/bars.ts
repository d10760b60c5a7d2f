import type { Row } from '../rounds.js';
import { find, type Where } from './find.js';

/** A limit on what two results are to each other. */
interface Bar {
  readonly name: string;
  readonly ours: Where;
  /** Another result, or a number in the metric's own unit. */
  readonly theirs: Where | number;
  readonly compare: 'at most' | 'at least';
  readonly factor: number;
  /** Allowed besides, in the metric's own unit. */
  readonly plus?: number;
}

const all = 'all listened';
const one = 'one type of eight listened';
const twenty = 'synthetic, 20 at a time';

/** Over HTTP, however many at a time: not much more than the machine takes, and faster than what we replace. */
const overHttp = ['synthetic', 'Asterisk 22'].flatMap((place) =>
  [1, 20, 100].flatMap((concurrency): Bar[] => {
    const scenario = `${place}, ${concurrency} at a time`;
    return [
      {
        name: `requests over HTTP, ${scenario}: CPU beside node:http`,
        ours: ['requests', scenario, 'asterisk-ari http', 'cpuUs'],
        theirs: ['requests', scenario, 'node:http', 'cpuUs'],
        compare: 'at most',
        factor: 1.25,
      },
      {
        name: `requests over HTTP, ${scenario}: rate beside ari-client`,
        ours: ['requests', scenario, 'asterisk-ari http', 'perSecond'],
        theirs: ['requests', scenario, 'ari-client', 'perSecond'],
        compare: 'at least',
        factor: 1,
      },
    ];
  }),
);

/** Through a relay and NATS instead of over the event connection: empty requests, and those of calls. */
const overNats = ['synthetic', 'Asterisk 22'].flatMap((place) =>
  ['1 at a time', '20 at a time', '500 a second', ...(place === 'synthetic' ? [] : ['calls, 10 at a time'])].flatMap(
    (what) =>
      (
        [
          ['cpuUs', 'CPU of client and relay', 3],
          ['p50Ms', 'time', 2.5],
        ] as const
      ).map(([metric, measured, factor]): Bar => {
        const scenario = `requests, ${place}, ${what}`;
        return {
          name: `requests by relay and NATS, ${place}, ${what}: ${measured} beside the WebSocket`,
          ours: ['nats', scenario, 'relay and NATS', metric],
          theirs: ['nats', scenario, 'WebSocket', metric],
          compare: 'at most',
          factor,
        };
      }),
  ),
);

const bars: readonly Bar[] = [
  {
    name: 'events, all listened: CPU beside ws + JSON.parse',
    ours: ['events', all, 'asterisk-ari', 'cpuUs'],
    theirs: ['events', all, 'ws + JSON.parse', 'cpuUs'],
    compare: 'at most',
    factor: 1.12,
  },
  {
    name: 'events, all listened: CPU beside ari-client',
    ours: ['events', all, 'asterisk-ari', 'cpuUs'],
    theirs: ['events', all, 'ari-client', 'cpuUs'],
    compare: 'at most',
    factor: 0.45,
  },
  {
    name: 'events, one type of eight: CPU beside ws + JSON.parse',
    ours: ['events', one, 'asterisk-ari', 'cpuUs'],
    theirs: ['events', one, 'ws + JSON.parse', 'cpuUs'],
    compare: 'at most',
    factor: 0.6,
  },
  {
    name: 'events of 100,000 channels: CPU beside 100',
    ours: ['objects', '100000 channels', 'asterisk-ari', 'cpuUs'],
    theirs: ['objects', '100 channels', 'asterisk-ari', 'cpuUs'],
    compare: 'at most',
    factor: 1.15,
  },
  {
    name: 'requests over the WebSocket, 20 at a time: rate beside ari-client',
    ours: ['requests', twenty, 'asterisk-ari websocket', 'perSecond'],
    theirs: ['requests', twenty, 'ari-client', 'perSecond'],
    compare: 'at least',
    factor: 3,
  },
  {
    name: 'requests over the WebSocket, 20 at a time: CPU beside a bare ws loop',
    ours: ['requests', twenty, 'asterisk-ari websocket', 'cpuUs'],
    theirs: ['requests', twenty, 'ws + JSON.parse', 'cpuUs'],
    compare: 'at most',
    factor: 1.5,
  },
  ...overHttp,
  {
    name: '200 media sockets: CPU of a frame beside a bare ws echo',
    ours: ['media', '200 sockets', 'asterisk-ari', 'cpuUs'],
    theirs: ['media', '200 sockets', 'ws', 'cpuUs'],
    compare: 'at most',
    factor: 2,
  },
  {
    name: '200 media sockets: a frame in a hundred is later than, in milliseconds',
    ours: ['media', '200 sockets', 'asterisk-ari', 'p99Ms'],
    theirs: 60,
    compare: 'at most',
    factor: 1,
  },
  {
    name: '200 media sockets of the double: CPU of a frame beside a bare ws echo',
    ours: ['media', '200 sockets, of the double', 'asterisk-ari', 'cpuUs'],
    theirs: ['media', '200 sockets, of the double', 'ws', 'cpuUs'],
    compare: 'at most',
    factor: 2,
  },
  {
    name: '200 media sockets of the double: a frame in a hundred is later than, in milliseconds',
    ours: ['media', '200 sockets, of the double', 'asterisk-ari', 'p99Ms'],
    theirs: 60,
    compare: 'at most',
    factor: 1,
  },
  ...['a digit each within two seconds', 'whose prompts end at once', 'without a prompt'].map((scenario): Bar => ({
    name: `500 gathers at once, ${scenario}: one in a hundred ends later than, in milliseconds`,
    ours: ['gathers', `500 at once, ${scenario}`, 'asterisk-ari', 'p99Ms'],
    theirs: 20,
    compare: 'at most',
    factor: 1,
  })),
  {
    name: 'connections for single calls: set up, answered and ended in a second',
    ours: ['outbound', '100000 connections', 'asterisk-ari', 'perSecond'],
    theirs: 300,
    compare: 'at least',
    factor: 1,
  },
  {
    name: '100,000 connections for single calls: the heap is larger afterwards by, in bytes',
    ours: ['outbound', '100000 connections', 'asterisk-ari', 'heapGrowthBytes'],
    theirs: 2_000_000,
    compare: 'at most',
    factor: 1,
  },
  ...overNats,
  {
    name: 'events through one relay, a second and core of it',
    ours: ['nats', 'events through one relay', 'one worker', 'perCore'],
    theirs: 20_000,
    compare: 'at least',
    factor: 1,
  },
  {
    name: 'events through one relay, a second, all of them arrive',
    ours: ['nats', 'events through one relay', 'one worker', 'perSecond'],
    theirs: 20_000,
    compare: 'at least',
    factor: 1,
  },
  {
    name: 'a worker with its own calls, while others have ten times as many events: CPU of an own event',
    ours: ['nats', 'a worker that has 1,000 events a second', 'others have 10000', 'cpuUs'],
    theirs: ['nats', 'a worker that has 1,000 events a second', 'others have 1000', 'cpuUs'],
    compare: 'at most',
    factor: 1.25,
  },
  {
    name: 'calls on 20 doubles and 10 workers: CPU of a call beside 2 doubles and a worker',
    ours: ['nats', '5 calls a second on each double, a second long', '20 doubles, 10 workers', 'cpuUs'],
    theirs: ['nats', '5 calls a second on each double, a second long', '2 doubles, 1 workers', 'cpuUs'],
    compare: 'at most',
    factor: 1.25,
  },
  {
    name: 'connect() to first event: bytes beside ari-client',
    ours: ['connect', 'synthetic', 'asterisk-ari', 'bytes'],
    theirs: ['connect', 'synthetic', 'ari-client', 'bytes'],
    compare: 'at most',
    factor: 0.2,
  },
  {
    name: 'connect() to first event: time beside ari-client',
    ours: ['connect', 'synthetic', 'asterisk-ari', 'ms'],
    theirs: ['connect', 'synthetic', 'ari-client', 'ms'],
    compare: 'at most',
    factor: 0.35,
  },
  {
    name: 'connect() to first event, once code is warm: time beside ari-client',
    ours: ['connect', 'synthetic', 'asterisk-ari', 'laterMs'],
    theirs: ['connect', 'synthetic', 'ari-client', 'laterMs'],
    compare: 'at most',
    factor: 0.2,
  },
  {
    name: 'import: beside ws alone, and 10 ms',
    ours: ['import', 'import()', 'asterisk-ari', 'ms'],
    theirs: ['import', 'import()', 'ws', 'ms'],
    compare: 'at most',
    factor: 1,
    plus: 10,
  },
];

/** What a bar allows and what came out. */
export interface Verdict {
  readonly name: string;
  readonly limit: string;
  readonly ratio: number;
  readonly isMet: boolean;
}

/** How the bars stand of which both results are there. */
export function judge(rows: readonly Row[]): Verdict[] {
  return bars.flatMap(({ name, ours, theirs, compare, factor, plus = 0 }) => {
    const [us, them] = [find(rows, ours), typeof theirs === 'number' ? theirs : find(rows, theirs)];
    if (us === undefined || them === undefined) {
      return [];
    }
    const allowed = them * factor + plus;
    const unit = typeof theirs === 'number' ? ` × ${theirs}` : ' ×';
    const limit = `${compare} ${factor}${unit}${plus > 0 ? ` + ${plus}` : ''}`;
    return [{ name, limit, ratio: us / them, isMet: compare === 'at most' ? us <= allowed : us >= allowed }];
  });
}
