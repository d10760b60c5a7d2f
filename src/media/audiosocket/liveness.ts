import type { Socket } from 'node:net';

/** Keep-alive is set in seconds. */
const leastMs = 1_000;

/**
 * Finds out that a TCP connection has nobody at its other end any more. AudioSocket has no pings, and Asterisk may be
 * silent for as long as it likes: it sends nothing while nobody talks to the channel. So TCP asks while nothing is sent,
 * and what is sent must leave.
 */
export function watchLiveness(socket: Socket, intervalMs: number): void {
  if (intervalMs === 0) {
    return;
  }
  socket.setKeepAlive(true, Math.max(leastMs, intervalMs));
  let before = -1;
  const timer = setInterval(() => {
    const left = socket.bytesWritten - socket.writableLength;
    if (socket.writableLength > 0 && left + socket.bytesRead === before) {
      socket.destroy(new Error(`nothing was taken and nothing came for ${intervalMs} ms`));
    }
    before = left + socket.bytesRead;
  }, intervalMs);
  socket.once('close', () => clearInterval(timer));
}
