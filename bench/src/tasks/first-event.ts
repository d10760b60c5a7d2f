import type { Subject, Target } from '../subjects/subject.js';
import type { Task } from './task.js';

export interface FirstEventInput {
  readonly target: Target;
}

/** How often it is done again after the first time, which also loads and compiles code. */
const repetitions = 20;

/** From `connect()` to the first event. The one who counts the bytes in between makes the event come. */
export const firstEvent: Task<FirstEventInput> = async (subject, { target }) => {
  const ms = await connectOnce(subject, target, 0);
  const later: number[] = [];
  for (let round = 1; round <= repetitions; round += 1) {
    later.push(await connectOnce(subject, target, round));
  }
  return { ms, laterMs: later.toSorted((a, b) => a - b)[repetitions / 2] ?? NaN, connects: repetitions + 1 };
};

async function connectOnce(subject: Subject, target: Target, round: number): Promise<number> {
  const start = performance.now();
  let resolve = (): void => undefined;
  const heard = new Promise<void>((done) => (resolve = done));
  const session = await subject.connect(target, `bench-first-${round}`, ({ on }) => on('ChannelUserevent', resolve));
  await heard;
  const ms = performance.now() - start;
  session.close();
  return ms;
}
