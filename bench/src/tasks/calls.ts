import type { Target } from '../subjects/subject.js';
import { Meter } from './meter.js';
import type { Task } from './task.js';

export interface CallsInput {
  readonly target: Target;
  readonly concurrency: number;
  readonly count: number;
}

/** Whole calls: originate a Local channel into Stasis, answer, play, hang up. */
export const calls: Task<CallsInput> = async (subject, { target, concurrency, count }) => {
  const session = await subject.connect(target, `bench-${process.pid}`, () => undefined);
  let started = 0;
  const worker = async (): Promise<void> => {
    while (started < count) {
      started += 1;
      await session.call?.();
    }
  };
  await session.call?.();
  started = 0;
  const meter = new Meter();
  await Promise.all(Array.from({ length: concurrency }, worker));
  const { cpuUs, ms } = meter.stop();
  session.close();
  return { perSecond: (count / ms) * 1000, cpuUs: cpuUs / count };
};
