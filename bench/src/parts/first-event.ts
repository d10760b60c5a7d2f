import { measure } from '../measure.js';
import { CountingProxy } from '../server/counting-proxy.js';
import type { SubjectName } from '../subjects/index.js';
import type { Target } from '../subjects/subject.js';
import type { Metrics } from '../tasks/task.js';
import type { Part } from './part.js';

const subjects: readonly SubjectName[] = ['ws + JSON.parse', 'asterisk-ari', 'ari-client', '@ipcom/asterisk-ari'];

export const firstEvent: Part = {
  name: 'connect',
  title: 'From connect() to the first event: the first time in a process, later times, bytes both ways',
  variants: ({ synthetic, asterisk }) => {
    const targets: Record<string, Target> = { synthetic, ...(asterisk && { 'Asterisk 22': asterisk }) };
    return Object.entries(targets).flatMap(([scenario, target]) =>
      subjects.map((subject) => ({ scenario, subject, measure: () => measureFirst(subject, target) })),
    );
  },
};

async function measureFirst(subject: SubjectName, to: Target): Promise<Metrics> {
  const proxy = new CountingProxy(to);
  try {
    const measured = await measure(subject, 'firstEvent', { target: await proxy.start() });
    const { ms = NaN, laterMs = NaN, connects = NaN } = measured;
    return { ms, laterMs, bytes: proxy.bytes / connects };
  } finally {
    await proxy.stop();
  }
}
