import type { Holdings } from '../messages.js';

/**
 * The calls that a worker has, in as many messages as it takes for none to be too long: what is said of one call stands for
 * itself. Half of what NATS takes is left for what comes back.
 */
export function holdingsOf(worker: string, channels: readonly string[], maxPayload: number): string[] {
  const room = Math.floor(maxPayload / 2) - Buffer.byteLength(JSON.stringify({ worker, channels: [] }));
  const messages: string[][] = [[]];
  let left = room;
  for (const id of channels) {
    const size = Buffer.byteLength(JSON.stringify(id)) + 1;
    if (size > left && messages.at(-1)?.length !== 0) {
      messages.push([]);
      left = room;
    }
    messages.at(-1)?.push(id);
    left -= size;
  }
  return messages.map((some) => JSON.stringify({ worker, channels: some } satisfies Holdings));
}
