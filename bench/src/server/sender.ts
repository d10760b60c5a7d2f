import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How much is written at once, as a busy Asterisk's frames arrive: several in a packet. */
const batchBytes = 16_384;

/** Sends so many frames, the given ones over and over, as fast as the other side reads. */
export async function send(socket: Socket, frames: readonly Buffer[], count: number): Promise<void> {
  let batch: Buffer[] = [];
  let bytes = 0;
  for (let sent = 0; sent < count; sent += 1) {
    const frame = frames[sent % frames.length] as Buffer;
    batch.push(frame);
    bytes += frame.length;
    if (bytes >= batchBytes || sent === count - 1) {
      if (!socket.write(Buffer.concat(batch, bytes))) {
        await once(socket, 'drain');
      }
      batch = [];
      bytes = 0;
    }
  }
}

/** How often is sent what is due, in milliseconds. */
const paceMs = 10;

/** Sends so many frames, so many a second. */
export async function sendPaced(
  socket: Socket,
  frames: readonly Buffer[],
  count: number,
  perSecond: number,
): Promise<void> {
  const begun = performance.now();
  for (let sent = 0; sent < count;) {
    await sleep(paceMs);
    const due = Math.min(count, Math.floor(((performance.now() - begun) * perSecond) / 1000));
    const batch = Array.from({ length: due - sent }, (_, index) => frames[(sent + index) % frames.length] as Buffer);
    if (batch.length > 0 && !socket.write(Buffer.concat(batch))) {
      await once(socket, 'drain');
    }
    sent = due;
  }
}
