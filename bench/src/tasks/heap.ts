import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '../subjects/subject.js';
import { sendEvents } from './synthetic.js';
import type { Task } from './task.js';

export interface HeapInput {
  readonly target: Target;
  readonly channels: number;
}

const types = ['ChannelDtmfReceived', 'ChannelStateChange', 'ChannelDestroyed'];

/** What a live channel takes of the heap, with three listeners on it. */
export const heap: Task<HeapInput> = async (subject, { target, channels }) => {
  let entered = 0;
  const session = await subject.connect(target, 'bench', ({ on, keepChannels }) => {
    keepChannels?.(types, () => undefined);
    on('StasisStart', () => (entered += 1));
  });
  const before = usedHeap();
  await sendEvents(target.url, 'bench', { types: ['StasisStart'], channels }, channels);
  while (entered < channels) {
    await sleep(10);
  }
  const bytes = (usedHeap() - before) / channels;
  session.close();
  return { bytes };
};

function usedHeap(): number {
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  gc?.();
  return process.memoryUsage().heapUsed;
}
