/** Workers of a fleet, all in one process: each takes calls, answers them, and hangs up after a while. */
import { setTimeout as sleep } from 'node:timers/promises';
import { connectFleet } from '../nats.js';
import { AriClient } from '../sdk.js';
import { obey } from './peer.js';

export interface WorkersInput {
  readonly servers: string;
  readonly app: string;
  readonly workers: number;
  /** How long a call lasts once it is answered, in milliseconds. */
  readonly callMs: number;
}

/** How many calls each worker has taken. */
let taken: number[] = [];

obey({
  async open({ servers, app, workers, callMs }: WorkersInput) {
    taken = Array.from({ length: workers }, () => 0);
    const work = async (_: unknown, index: number): Promise<void> => {
      const fleet = await connectFleet({ client: AriClient, servers, apps: app });
      fleet.on('StasisStart', async ({ channel }) => {
        taken[index] = (taken[index] ?? 0) + 1;
        await channel.answer();
        await sleep(callMs);
        await channel.hangup();
      });
    };
    await Promise.all(Array.from({ length: workers }, work));
  },
  taken: () => taken,
});
