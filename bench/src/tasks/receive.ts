import { setTimeout as sleep } from 'node:timers/promises';
import { Meter } from './meter.js';

/** Counts calls; the same function for every subject. */
export class Counter {
  #count = 0;

  readonly listener = (): void => {
    this.#count += 1;
  };

  get count(): number {
    return this.#count;
  }
}

/** How long without any event means that no more will come, in milliseconds. */
const patienceMs = 500;

/**
 * Measures from the sending of events until all that are expected have come, or no more do.
 * @param send resolves when all are sent
 */
export async function receive(
  counter: Counter,
  expected: number,
  send: () => Promise<void>,
): Promise<{ readonly received: number; readonly cpuUs: number; readonly ms: number }> {
  const before = counter.count;
  const meter = new Meter();
  await send();
  let seen = counter.count;
  for (let idleMs = 0; counter.count - before < expected && idleMs < patienceMs; idleMs += 5) {
    await sleep(5);
    if (counter.count !== seen) {
      seen = counter.count;
      idleMs = 0;
    }
  }
  return { received: counter.count - before, ...meter.stop() };
}
