import { setTimeout as sleep } from 'node:timers/promises';
import { connectFleet } from '../nats.js';
import { AriClient } from '../sdk.js';
import { channelId, type EventType } from '../server/frames.js';
import { Peer } from '../server/peer.js';
import type { RelaysInput } from '../server/relays.js';
import type { Target } from '../subjects/subject.js';
import { Meter } from './meter.js';
import { Counter } from './receive.js';
import { sendEvents } from './synthetic.js';
import type { Task } from './task.js';

export interface NatsShareInput {
  readonly target: Target;
  /** Of the NATS server. */
  readonly servers: string;
  readonly types: readonly EventType[];
  /** Events of this worker's own calls, a second. */
  readonly ownPerSecond: number;
  /** Events of other workers' calls, a second. */
  readonly othersPerSecond: number;
  readonly ms: number;
}

/** What was sent has arrived by then, in milliseconds. */
const settleMs = 500;

/** Channels of this worker, and of others. */
const [own, others] = [64, 512];

/** What a worker pays for its own calls while others have theirs. */
export const natsShare: Task<NatsShareInput> = async (_subject, input) => {
  const { target, servers, types, ownPerSecond, othersPerSecond, ms } = input;
  const app = 'bench';
  await using _relay = await Peer.start('relays.js', { targets: [target], servers, app } satisfies RelaysInput);
  await using _watcher = await Peer.start('watcher.js', { servers, app });
  const fleet = await connectFleet({ client: AriClient, servers, apps: app });
  const counter = new Counter();
  const [node] = fleet.nodes.values();
  fleet.on([...types], counter.listener);
  for (let index = 0; index < own; index += 1) {
    node?.client.channels.handle(channelId(index)).on('ChannelHangupRequest', () => undefined);
  }
  await node?.client.asterisk.ping();
  const play = (lastMs: number): Promise<unknown> =>
    Promise.all([
      paced({ types, channels: own }, ownPerSecond, lastMs),
      paced({ types, channels: others, first: own }, othersPerSecond, lastMs),
    ]);
  const paced = (mix: Parameters<typeof sendEvents>[2], perSecond: number, lastMs: number): Promise<void> =>
    sendEvents(target.url, app, mix, (perSecond * lastMs) / 1000, perSecond);
  await play(ms / 2);
  await sleep(settleMs);
  const before = counter.count;
  const meter = new Meter();
  await play(ms);
  await sleep(settleMs);
  const { cpuUs, ms: passed } = meter.stop();
  const received = counter.count - before;
  await fleet.close();
  return {
    cpuUs: cpuUs / received,
    perSecond: (received / passed) * 1000,
    lost: (ownPerSecond * ms) / 1000 - received,
  };
};
