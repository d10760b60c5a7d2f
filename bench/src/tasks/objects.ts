import { channelId, type Mix } from '../server/frames.js';
import type { Target } from '../subjects/subject.js';
import { Counter, receive } from './receive.js';
import { sendEvents } from './synthetic.js';
import type { Task } from './task.js';

export interface ObjectsInput {
  readonly target: Target;
  /** How many channels have a listener. */
  readonly channels: number;
  readonly count: number;
}

/** Receives events of many channels, each of which has a listener of its own. */
export const objects: Task<ObjectsInput> = async (subject, { target, channels, count }) => {
  const counter = new Counter();
  const session = await subject.connect(target, 'bench', ({ onChannel }) => {
    for (let index = 0; index < channels; index += 1) {
      onChannel?.(channelId(index), 'ChannelDtmfReceived', counter.listener);
    }
  });
  const mix: Mix = { types: ['ChannelDtmfReceived'], channels };
  const send = (): Promise<void> => sendEvents(target.url, 'bench', mix, count);
  await receive(counter, count, send);
  const { received, cpuUs } = await receive(counter, count, send);
  session.close();
  return { cpuUs: cpuUs / count, lost: count - received };
};
