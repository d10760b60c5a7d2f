import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '../outbound.js';
import { AriClient } from '../sdk.js';
import { Meter } from './meter.js';
import type { Task } from './task.js';

export interface OutboundInput {
  /** Calls, each with a connection of its own. */
  readonly calls: number;
  /** So many at a time. */
  readonly concurrency: number;
}

const [username, password] = ['bench', 'bench'];
const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** Code is warm by then. */
const warmUpCalls = 2_000;

/** Calls that come on connections of their own, are answered, and end. */
export const outbound: Task<OutboundInput> = async (_subject, { calls, concurrency }) => {
  let served = 0;
  const server = await serve({ client: AriClient, port: 0, username, password }, async (connection) => {
    if (connection.kind === 'perCall') {
      const { channel } = await connection.call();
      await channel.answer();
      await connection.closed;
      served += 1;
    }
  });
  const play = async (count: number): Promise<void> => {
    const peer = new URL('../server/outbound-peer.js', import.meta.url);
    const args = [`ws://127.0.0.1:${server.port}/`, authorization, String(count), String(concurrency)];
    const [code] = (await once(fork(peer, args, { execArgv: [] }), 'exit')) as [number];
    if (code !== 0) throw new Error(`the peer ended with ${code}`);
  };
  await play(warmUpCalls);
  const before = await usedHeap();
  const meter = new Meter();
  await play(calls);
  const { cpuUs, ms } = meter.stop();
  while (served < warmUpCalls + calls) await sleep(10);
  const bytes = (await usedHeap()) - before;
  await server.close();
  return { perSecond: (calls / ms) * 1000, cpuUs: cpuUs / calls, heapGrowthBytes: bytes };
};

async function usedHeap(): Promise<number> {
  const { gc } = globalThis as { gc?: () => void };
  for (let round = 0; round < 3; round += 1) {
    gc?.();
    await sleep(50);
  }
  return process.memoryUsage().heapUsed;
}
