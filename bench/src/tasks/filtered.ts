import type { Target } from '../subjects/subject.js';
import { Meter } from './meter.js';
import type { Task } from './task.js';

export interface FilteredInput {
  readonly target: Target;
  readonly app: string;
  readonly count: number;
}

/** Listens to user events until so many have come; what else comes is nobody's concern. */
export const filtered: Task<FilteredInput> = async (subject, { target, app, count }) => {
  let heard = 0;
  let resolve = (): void => undefined;
  const all = new Promise<void>((done) => (resolve = done));
  let meter: Meter | undefined;
  const session = await subject.connect(target, app, ({ on }) =>
    on('ChannelUserevent', () => {
      meter ??= new Meter();
      heard += 1;
      if (heard === count) {
        resolve();
      }
    }),
  );
  await all;
  const { cpuUs } = meter?.stop() ?? { cpuUs: NaN };
  session.close();
  return { cpuUs };
};
