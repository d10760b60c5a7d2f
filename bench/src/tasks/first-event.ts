import type { Target } from '../subjects/subject.js';
import type { Task } from './task.js';

export interface FirstEventInput {
  readonly target: Target;
}

/** The application whose first event is awaited. */
export const firstApp = 'bench-first';

/** From `connect()` to the first event. The one who counts the bytes in between makes the event come. */
export const firstEvent: Task<FirstEventInput> = async (subject, { target }) => {
  const start = performance.now();
  await new Promise<void>((resolve, reject) => {
    subject.connect(target, firstApp, ({ on }) => on('ChannelUserevent', resolve)).catch(reject);
  });
  return { ms: performance.now() - start };
};
