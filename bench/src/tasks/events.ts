import type { Mix } from '../server/frames.js';
import type { Target } from '../subjects/subject.js';
import { Counter, receive } from './receive.js';
import { sendEvents } from './synthetic.js';
import type { Task } from './task.js';

export interface EventsInput {
  readonly target: Target;
  readonly mix: Mix;
  /** How many are sent. */
  readonly count: number;
  /** Types that are listened to. */
  readonly listened: readonly string[];
}

/** Receives events as fast as it can, with one listener to each type. */
export const events: Task<EventsInput> = async (subject, { target, mix, count, listened }) => {
  const counter = new Counter();
  const session = await subject.connect(target, 'bench', ({ on }) => {
    for (const type of listened) {
      on(type, counter.listener);
    }
  });
  const expected = (count * listened.length) / mix.types.length;
  const send = (): Promise<void> => sendEvents(target.url, 'bench', mix, count);
  await receive(counter, expected, send);
  const { received, cpuUs, ms } = await receive(counter, expected, send);
  session.close();
  return {
    cpuUs: cpuUs / count,
    perSecond: received === expected ? (count / ms) * 1000 : NaN,
    lost: expected - received,
  };
};
