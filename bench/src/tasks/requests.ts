import type { Session, Target } from '../subjects/subject.js';
import { Meter } from './meter.js';
import type { Task } from './task.js';

export interface RequestsInput {
  readonly target: Target;
  /** How many are under way at a time. */
  readonly concurrency: number;
  readonly count: number;
}

/** `GET asterisk/ping`, over and over. */
export const requests: Task<RequestsInput> = async (subject, { target, concurrency, count }) => {
  const session = await subject.connect(target, 'bench', () => undefined);
  await ping(session, concurrency, count / 2);
  const meter = new Meter();
  const latencies = await ping(session, concurrency, count);
  const { cpuUs, ms } = meter.stop();
  session.close();
  const sorted = latencies.sort();
  return {
    perSecond: (count / ms) * 1000,
    cpuUs: cpuUs / count,
    p50Ms: sorted[Math.floor(count * 0.5)] ?? NaN,
    p99Ms: sorted[Math.floor(count * 0.99)] ?? NaN,
  };
};

async function ping(session: Session, concurrency: number, count: number): Promise<Float64Array> {
  const latencies = new Float64Array(count);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const start = performance.now();
      await session.ping?.();
      latencies[index] = performance.now() - start;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return latencies;
}
