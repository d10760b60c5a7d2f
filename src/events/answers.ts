import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';

/**
 * Whether the other end answers a ping. It does so in its turn, after what it has written before; false once the socket
 * is closed, or the time is over.
 * @param withinMs without it, as long as the socket lasts
 */
export function answersPing(socket: WebSocket, withinMs?: number): Promise<boolean> {
  if (socket.readyState === WebSocket.CLOSED) {
    return Promise.resolve(false);
  }
  return new Promise((resolve) => {
    const mark = randomBytes(8);
    const settle = (isThere: boolean): void => {
      clearTimeout(timer);
      socket.off('pong', onPong);
      socket.off('close', onClose);
      resolve(isThere);
    };
    // An answer to another ping tells nothing of this one.
    const onPong = (data: Buffer): void => {
      if (data.equals(mark)) {
        settle(true);
      }
    };
    const onClose = (): void => settle(false);
    // A process that stood still has the answer waiting to be read.
    const timer = withinMs === undefined ? undefined : setTimeout(() => setImmediate(onClose), withinMs);
    socket.on('pong', onPong);
    socket.on('close', onClose);
    if (socket.readyState === WebSocket.OPEN) {
      socket.ping(mark);
    }
  });
}
