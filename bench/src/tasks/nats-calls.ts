import type { Played, PlayInput } from '../server/doubles.js';
import { Peer } from '../server/peer.js';
import type { RelaysInput } from '../server/relays.js';
import type { WorkersInput } from '../server/workers.js';
import { cpuOfServer } from '../server-cpu.js';
import type { Target } from '../subjects/subject.js';
import { percentile } from './percentile.js';
import type { Task } from './task.js';

export interface NatsCallsInput {
  /** Of the NATS server. */
  readonly servers: string;
  readonly doubles: number;
  readonly workers: number;
  /** Calls to each double, and the time between two of them. */
  readonly calls: number;
  readonly everyMs: number;
  readonly callMs: number;
}

/** Code is warm after so many calls, so many a second. */
const [warmUpCalls, warmUpPerSecond] = [1_000, 200];

/** Calls to many doubles, which many workers share: what one costs whom, how long callers wait, and who gets how many. */
export const natsCalls: Task<NatsCallsInput> = async (_subject, input) => {
  const { servers, doubles: count, workers: many, calls, everyMs, callMs } = input;
  const app = 'ivr';
  await using doubles = await Peer.start('doubles.js', count);
  const targets = await doubles.ask<Target[]>('targets');
  await using relays = await Peer.start('relays.js', { targets, servers, app } satisfies RelaysInput);
  await using workers = await Peer.start('workers.js', { servers, app, workers: many, callMs } satisfies WorkersInput);
  const nats = { url: servers, username: '', password: '' };
  const costs = async (): Promise<number[]> => [await relays.cpuUs(), await workers.cpuUs(), cpuOfServer(nats)];
  const warmUp: PlayInput = { app, calls: warmUpCalls / count, everyMs: (count / warmUpPerSecond) * 1000 };
  await doubles.ask('play', warmUp);
  const [costsBefore, takenBefore] = [await costs(), await workers.ask<number[]>('taken')];
  const { waitedMs, ms } = await doubles.ask<Played>('play', { app, calls, everyMs } satisfies PlayInput);
  const total = waitedMs.length;
  const [relayCpuUs = NaN, cpuUs = NaN, natsCpuUs = NaN] = (await costs()).map(
    (cost, index) => (cost - (costsBefore[index] ?? NaN)) / total,
  );
  const taken = (await workers.ask<number[]>('taken')).map((each, index) => each - (takenBefore[index] ?? 0));
  const mean = total / many;
  return {
    perSecond: (total / ms) * 1000,
    cpuUs,
    relayCpuUs,
    natsCpuUs,
    p50Ms: percentile(waitedMs, 0.5),
    p99Ms: percentile(waitedMs, 0.99),
    fewest: Math.min(...taken) / mean,
    most: Math.max(...taken) / mean,
  };
};
