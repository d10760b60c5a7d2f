import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { freePort } from '../../../scripts/free-port.js';
import type { HaProxy } from '../../../scripts/haproxy/index.js';

const program = fileURLToPath(new URL('worker.ts', import.meta.url));

interface Told {
  readonly ready?: number;
  readonly call?: string;
  readonly adopted?: boolean;
  readonly bridges?: number;
  readonly digit?: string;
  readonly channel?: string;
  readonly drained?: number;
}

/** A worker in a process of its own, and what it has told. */
export interface Worker {
  readonly port: number;
  readonly process: ChildProcess;
  readonly told: Told[];
  readonly ended: Promise<unknown>;
}

export async function startWorker(): Promise<Worker> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', program, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told: Told[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => told.push(JSON.parse(line) as Told));
  const worker = { port, process: child, told, ended: once(child, 'exit') };
  await expect.poll(() => told.some(({ ready }) => ready === port), { timeout: 10_000 }).toBe(true);
  return worker;
}

/** Channels of the calls that a worker has had. */
export function callsOf({ told }: Worker, how: { readonly adopted: boolean }): string[] {
  return told.flatMap(({ call, adopted }) => (call !== undefined && adopted === how.adopted ? [call] : []));
}

/** Has a worker drain; resolves when HAProxy has noticed, and nothing that comes is for that worker any more. */
export async function drain({ process: child, port }: Worker, haproxy: HaProxy): Promise<void> {
  child.kill('SIGTERM');
  await expect.poll(() => statusOf(port), { timeout: 10_000 }).toBe(503);
  const many = Array.from({ length: 12 }, () => 426);
  await expect.poll(() => Promise.all(many.map(() => statusOf(haproxy.port))), { timeout: 10_000 }).toEqual(many);
}

async function statusOf(port: number): Promise<number> {
  return (await fetch(`http://127.0.0.1:${port}/ari`)).status;
}
