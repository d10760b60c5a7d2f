import { setTimeout as sleep } from 'node:timers/promises';
import { cpuOfServer } from '../server-cpu.js';
import { measure } from '../measure.js';
import { CountingProxy } from '../server/counting-proxy.js';
import { Driver } from '../server/driver.js';
import type { SubjectName } from '../subjects/index.js';
import type { Target } from '../subjects/subject.js';
import type { Metrics } from '../tasks/task.js';
import type { Part } from './part.js';

const subjects: readonly SubjectName[] = ['asterisk-ari', 'asterisk-ari eventFilter'];

/** Time for the client to listen, and for what is not listened to to be filtered, in milliseconds. */
const settlingMs = 2_500;

export const filter: Part = {
  name: 'filter',
  title: 'One type of eight listened to on a real Asterisk, per event heard: CPU of the client, of Asterisk, bytes',
  variants: ({ asterisk, quick }) =>
    asterisk === undefined
      ? []
      : subjects.map((subject) => ({
          scenario: 'events that others cause',
          subject,
          measure: () => measureFiltered(subject, asterisk, quick ? 100 : 500),
        })),
};

async function measureFiltered(subject: SubjectName, to: Target, count: number): Promise<Metrics> {
  const app = `bench-filter-${process.pid}`;
  const proxy = new CountingProxy(to);
  const driver = new Driver(to);
  try {
    const measured = measure(subject, 'filtered', { target: await proxy.start(), app, count });
    await driver.untilRegistered(app);
    await sleep(settlingMs);
    const before = { bytes: proxy.bytes, cpuUs: cpuOfServer(to) };
    await driver.cause(app, count);
    const { cpuUs = NaN } = await measured;
    return {
      cpuUs: cpuUs / count,
      serverCpuUs: (cpuOfServer(to) - before.cpuUs) / count,
      bytes: (proxy.bytes - before.bytes) / count,
    };
  } finally {
    driver.close();
    await proxy.stop();
  }
}
