import { setTimeout as sleep } from 'node:timers/promises';
import { connectFleet } from '../nats.js';
import { AriClient } from '../sdk.js';
import { cpuOfServer } from '../server-cpu.js';
import { channelId, type EventType, type Mix } from '../server/frames.js';
import { Peer } from '../server/peer.js';
import type { RelaysInput } from '../server/relays.js';
import type { Target } from '../subjects/subject.js';
import { Meter } from './meter.js';
import { Counter } from './receive.js';
import { sendEvents } from './synthetic.js';
import type { Task } from './task.js';

export interface NatsEventsInput {
  readonly target: Target;
  /** Of the NATS server. */
  readonly servers: string;
  readonly types: readonly EventType[];
  readonly channels: number;
  readonly count: number;
}

/** So many are sent at once, and so many more may be on their way: nobody is to be outrun. */
const [batch, window] = [1_000, 4_000];

/** How long without any event means that no more will come, in milliseconds. */
const patienceMs = 2_000;

/** Events through one relay to a worker that listens to their channels: what arrives, and what it costs whom. */
export const natsEvents: Task<NatsEventsInput> = async (_subject, { target, servers, types, channels, count }) => {
  const app = 'bench';
  await using relay = await Peer.start('relays.js', { targets: [target], servers, app } satisfies RelaysInput);
  const fleet = await connectFleet({ client: AriClient, servers, apps: app });
  const counter = new Counter();
  const [node] = fleet.nodes.values();
  fleet.on([...types], counter.listener);
  for (let index = 0; index < channels; index += 1) {
    node?.client.channels.handle(channelId(index)).on('ChannelHangupRequest', () => undefined);
  }
  await fleet.node(node?.id ?? '').client.asterisk.ping();
  const mix: Mix = { types, channels };
  await flow(target, app, mix, count / 4, counter);
  const before = [await relay.cpuUs(), cpuOfServer({ ...target, url: servers })] as const;
  const meter = new Meter();
  const received = await flow(target, app, mix, count, counter);
  const { cpuUs, ms } = meter.stop();
  const relayCpuUs = (await relay.cpuUs()) - before[0];
  const natsCpuUs = cpuOfServer({ ...target, url: servers }) - before[1];
  await fleet.close();
  return {
    perSecond: (received / ms) * 1000,
    relayCpuUs: relayCpuUs / count,
    perCore: (count / relayCpuUs) * 1e6,
    natsCpuUs: natsCpuUs / count,
    cpuUs: cpuUs / count,
    lost: count - received,
  };
};

/** Sends as fast as they arrive. Resolves with how many have. */
async function flow(target: Target, app: string, mix: Mix, count: number, counter: Counter): Promise<number> {
  const before = counter.count;
  const arrived = (): number => counter.count - before;
  for (let sent = 0; sent < count; sent += batch) {
    await until(arrived, sent - window);
    await sendEvents(target.url, app, mix, Math.min(batch, count - sent));
  }
  await until(arrived, count);
  return arrived();
}

/** Waits until so many have come, or no more do. */
async function until(arrived: () => number, enough: number): Promise<void> {
  let [seen, since] = [arrived(), performance.now()];
  while (arrived() < enough && performance.now() - since < patienceMs) {
    await sleep(1);
    if (arrived() !== seen) {
      [seen, since] = [arrived(), performance.now()];
    }
  }
}
