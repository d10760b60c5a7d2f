/** Doubles, all in one process: calls come to each of them at an even pace. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startAsterisk, type TestAsterisk } from '../double.js';
import type { Target } from '../subjects/subject.js';
import { obey } from './peer.js';

export interface PlayInput {
  readonly app: string;
  /** Calls to each double. */
  readonly calls: number;
  /** Time between two calls to one double, in milliseconds. */
  readonly everyMs: number;
}

/** What came of the calls. */
export interface Played {
  /** How long each caller waited for somebody to answer, in milliseconds. */
  readonly waitedMs: readonly number[];
  /** From the first call to the end of the last, in milliseconds. */
  readonly ms: number;
}

let doubles: TestAsterisk[] = [];

obey({
  async open(count: number) {
    const start = (_: unknown, index: number) => startAsterisk({ clock: 'real', entityId: `node-${index}` });
    doubles = await Promise.all(Array.from({ length: count }, start));
  },
  targets: (): Target[] => doubles.map(({ url, username, password }) => ({ url: `${url}/`, username, password })),
  async play({ app, calls, everyMs }: PlayInput): Promise<Played> {
    const begun = performance.now();
    const each = async (double: TestAsterisk, place: number): Promise<number[]> => {
      const waits: Promise<number>[] = [];
      for (let number = 0; number < calls; number += 1) {
        const due = begun + (number + place / doubles.length) * everyMs;
        await sleep(Math.max(0, due - performance.now()));
        waits.push(call(double, app, `${place}-${number}`));
      }
      return Promise.all(waits);
    };
    const waitedMs = (await Promise.all(doubles.map(each))).flat();
    return { waitedMs, ms: performance.now() - begun };
  },
});

async function call(double: TestAsterisk, app: string, from: string): Promise<number> {
  const start = performance.now();
  const phone = double.call({ to: `stasis-${app}`, from });
  await phone.answered();
  const waited = performance.now() - start;
  await phone.ended();
  return waited;
}
