import type { Session, Target } from '../subjects/subject.js';
import { Meter } from './meter.js';
import type { Task } from './task.js';

export interface RequestsInput {
  readonly target: Target;
  /** How many are under way at a time. */
  readonly concurrency: number;
  /** How long, after two seconds to warm up. */
  readonly ms: number;
}

/** `GET asterisk/ping`, over and over. */
export const requests: Task<RequestsInput> = async (subject, { target, concurrency, ms }) => {
  const session = await subject.connect(target, `bench-${process.pid}`, () => undefined);
  await ping(session, concurrency, 2_000);
  const meter = new Meter();
  const latencies = (await ping(session, concurrency, ms)).toSorted((a, b) => a - b);
  const { cpuUs, ms: passed } = meter.stop();
  session.close();
  const count = latencies.length;
  return {
    perSecond: (count / passed) * 1000,
    cpuUs: cpuUs / count,
    p50Ms: latencies[Math.floor(count * 0.5)] ?? NaN,
    p99Ms: latencies[Math.floor(count * 0.99)] ?? NaN,
  };
};

async function ping(session: Session, concurrency: number, ms: number): Promise<number[]> {
  const latencies: number[] = [];
  const end = performance.now() + ms;
  const worker = async (): Promise<void> => {
    let start = performance.now();
    while (start < end) {
      await session.ping?.();
      const now = performance.now();
      latencies.push(now - start);
      start = now;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return latencies;
}
