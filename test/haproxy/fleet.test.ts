import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startAsterisk } from 'asterisk-ari/testing';
import { expect, it } from 'vitest';
import { freePort } from '../../scripts/free-port.js';
import { HaProxy } from '../../scripts/haproxy/index.js';

const program = fileURLToPath(new URL('support/worker.ts', import.meta.url));

interface Told {
  readonly ready?: number;
  readonly call?: string;
  readonly adopted?: boolean;
  readonly bridges?: number;
  readonly digit?: string;
  readonly channel?: string;
  readonly drained?: number;
}

/** A worker, and what it has told. */
interface Worker {
  readonly port: number;
  readonly process: ChildProcess;
  readonly told: Told[];
  readonly ended: Promise<unknown>;
}

async function startWorker(): Promise<Worker> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', program, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told: Told[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => told.push(JSON.parse(line) as Told));
  const worker = { port, process: child, told, ended: once(child, 'exit') };
  await expect.poll(() => told.some(({ ready }) => ready === port)).toBe(true);
  return worker;
}

function callsOf({ told }: Worker, how: { readonly adopted: boolean }): string[] {
  return told.flatMap(({ call, adopted }) => (call !== undefined && adopted === how.adopted ? [call] : []));
}

/** What a number of requests get: HAProxy has noticed who drains when none gets its 503. */
function askedByHaProxy({ port }: HaProxy): Promise<number[]> {
  const ask = async (): Promise<number> => (await fetch(`http://127.0.0.1:${port}/ari`)).status;
  return Promise.all(Array.from({ length: 12 }, ask));
}

it('of three workers behind HAProxy one drains and one dies in mid-traffic, and every call goes on', async () => {
  const workers = [await startWorker(), await startWorker(), await startWorker()] as const;
  const haproxy = await HaProxy.start(workers.map(({ port }) => port));
  const asterisk = await startAsterisk({
    clock: 'real',
    outbound: [
      {
        uri: `ws://127.0.0.1:${haproxy.port}/ari`,
        username: 'asterisk',
        password: 'worker-secret',
        connectionType: 'per_call_config',
        apps: ['ivr'],
        reconnectInterval: 100,
        reconnectAttempts: 50,
      },
    ],
  });
  try {
    const phones = Array.from({ length: 9 }, (_, index) =>
      asterisk.call({ to: 'stasis-ivr', from: String(100 + index) }),
    );
    await Promise.all(phones.map((phone) => phone.answered()));
    await expect.poll(() => workers.flatMap((worker) => callsOf(worker, { adopted: false })).length).toBe(9);
    // Each call is balanced by itself.
    expect(workers.map((worker) => callsOf(worker, { adopted: false }).length)).toEqual([3, 3, 3]);

    const [draining, dying, staying] = workers;
    draining.process.kill('SIGTERM');
    // HAProxy notices by its health check.
    await expect.poll(async () => (await fetch(`http://127.0.0.1:${draining.port}/ari`)).status).toBe(503);
    await expect.poll(() => askedByHaProxy(haproxy)).toEqual(Array.from({ length: 12 }, () => 426));
    const lost = callsOf(dying, { adopted: false });
    dying.process.kill('SIGKILL');
    await expect.poll(() => callsOf(staying, { adopted: true }).toSorted()).toEqual(lost.toSorted());
    expect(staying.told.filter(({ adopted }) => adopted).map(({ bridges }) => bridges)).toEqual([1, 1, 1]);
    const late = asterisk.call({ to: 'stasis-ivr', from: '200' });
    await late.answered();
    await expect.poll(() => callsOf(staying, { adopted: false }).length).toBe(4);

    // Whoever has a call now hears it: one that stayed with the worker that drains, and those that were adopted.
    for (const phone of phones) phone.press('5');
    const heard = () => workers.map(({ told }) => told.filter(({ digit }) => digit === '5').length);
    await expect.poll(heard).toEqual([3, 0, 6]);
    for (const phone of phones) phone.hangup();
    await draining.ended;
    expect(draining.told.at(-1)).toEqual({ drained: 0 });
  } finally {
    await asterisk.close();
    await haproxy.stop();
    for (const worker of workers) worker.process.kill('SIGKILL');
  }
});
