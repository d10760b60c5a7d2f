import { startAsterisk } from '../double.js';
import { Meter } from './meter.js';
import type { Task } from './task.js';

export interface DoubleInput {
  readonly concurrency: number;
  readonly count: number;
}

/** How many starts are measured; the first one also compiles its code. */
const starts = 5;

/** Call set-ups on the double, which runs in the same process: what both of them cost together. */
export const double: Task<DoubleInput> = async (subject, { concurrency, count }) => {
  await using asterisk = await startAsterisk();
  const target = { url: `${asterisk.url}/`, username: asterisk.username, password: asterisk.password };
  const session = await subject.connect(target, 'bench', () => undefined);
  await setUps(concurrency, count / 10);
  const meter = new Meter();
  await setUps(concurrency, count);
  const { cpuUs, ms } = meter.stop();
  session.close();
  return { perSecond: (count / ms) * 1000, cpuUs: cpuUs / count };

  async function setUps(workers: number, total: number): Promise<void> {
    let begun = 0;
    const worker = async (): Promise<void> => {
      while (begun < total) {
        begun += 1;
        await session.setUp?.();
      }
    };
    await Promise.all(Array.from({ length: workers }, worker));
  }
};

/** From `startAsterisk()` until it listens: the first one of the process, and the slowest of those that follow. */
export const doubleStart: Task<Record<string, never>> = async () => {
  const times: number[] = [];
  for (let round = 0; round < starts; round += 1) {
    const begun = performance.now();
    const asterisk = await startAsterisk();
    times.push(performance.now() - begun);
    await asterisk.close();
  }
  const [firstMs = NaN, ...later] = times;
  return { ms: firstMs, laterMs: Math.max(...later) };
};
