import { connect as connectNats } from '@nats-io/transport-node';
import { cpuOfServer } from '../server-cpu.js';
import { connectFleet } from '../nats.js';
import { AriClient, connect } from '../sdk.js';
import { Peer } from '../server/peer.js';
import type { RelaysInput } from '../server/relays.js';
import type { Target } from '../subjects/subject.js';
import { atATime, callsAtATime, perSecond, type Asker, type Load } from './loads.js';
import { Meter } from './meter.js';
import { percentile } from './percentile.js';
import type { Task } from './task.js';

export interface NatsRequestsInput {
  readonly target: Target;
  /** Of the NATS server. */
  readonly servers: string;
  readonly way: keyof typeof ways;
  readonly load: LoadInput;
  /** How long, once code is warm. */
  readonly ms: number;
}

/** Pings, so many at a time or a second, or calls, so many at a time. */
export type LoadInput =
  | { readonly kind: 'atATime' | 'callsAtATime'; readonly concurrency: number }
  | { readonly kind: 'perSecond'; readonly rate: number };

/** Somebody who asks, and the process that answers or helps to. */
interface Reached extends AsyncDisposable, Asker {
  readonly helper?: Peer;
}

/** Code of two processes gets warm sooner with many at a time. */
const [warmUpConcurrency, warmUpMs] = [20, 4_000];

const ways = {
  async websocket({ url, username, password }: Target, _servers: string, app: string): Promise<Reached> {
    const client = await connect(url, username, password, { transport: 'websocket' });
    await client.start(app);
    return { client, ping: () => client.asterisk.ping(), [Symbol.asyncDispose]: () => client.close() };
  },
  async nats(target: Target, servers: string, app: string): Promise<Reached> {
    const helper = await Peer.start('relays.js', { targets: [target], servers, app } satisfies RelaysInput);
    const fleet = await connectFleet({ client: AriClient, servers, apps: app });
    const [node] = fleet.nodes.values();
    if (node === undefined) throw new Error('the relay is not there');
    const close = async (): Promise<void> => {
      await fleet.close();
      await helper[Symbol.asyncDispose]();
    };
    const { client } = node;
    return { helper, client, ping: () => client.asterisk.ping(), [Symbol.asyncDispose]: close };
  },
  /** The floor: the library's own request, to somebody who answers at once. There is no Asterisk behind it. */
  async bare(_target: Target, servers: string, subject: string): Promise<Reached> {
    const helper = await Peer.start('echo.js', { servers, subject });
    const connection = await connectNats({ servers });
    const question = JSON.stringify({ type: 'RESTRequest', request_id: '', method: 'GET', uri: 'asterisk/ping' });
    const close = async (): Promise<void> => {
      await connection.close();
      await helper[Symbol.asyncDispose]();
    };
    const ping = (): Promise<unknown> => connection.request(subject, question, { timeout: 10_000 });
    return { helper, client: undefined, ping, [Symbol.asyncDispose]: close };
  },
};

function loadOf(load: LoadInput, app: string): Load {
  switch (load.kind) {
    case 'atATime':
      return atATime(load.concurrency);
    case 'callsAtATime':
      return callsAtATime(load.concurrency, app);
    case 'perSecond':
      return perSecond(load.rate);
  }
}

/** Requests, over and over: what each costs the client and its relay, and what the NATS server. */
export const natsRequests: Task<NatsRequestsInput> = async (_subject, input) => {
  const { target, servers, way, ms } = input;
  const app = `bench-${process.pid}`;
  const load = loadOf(input.load, app);
  await using reached = await ways[way](target, servers, app);
  await atATime(warmUpConcurrency)(reached, warmUpMs);
  await load(reached, warmUpMs / 4);
  const costOfOthers = async (): Promise<[helper: number, nats: number]> => [
    (await reached.helper?.cpuUs()) ?? 0,
    cpuOfServer({ ...target, url: servers }),
  ];
  const before = await costOfOthers();
  const meter = new Meter();
  const latencies = await load(reached, ms);
  const { cpuUs, ms: passed } = meter.stop();
  const after = await costOfOthers();
  const count = latencies.length;
  return {
    cpuUs: (cpuUs + after[0] - before[0]) / count,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    perSecond: (count / passed) * 1000,
    ...(way !== 'websocket' && {
      relayCpuUs: (after[0] - before[0]) / count,
      natsCpuUs: (after[1] - before[1]) / count,
    }),
  };
};
