import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

/**
 * Asterisk never pings and has no idle timeout, so a half-open socket would stay silent for ever: ping it, and cut it
 * when not one byte came back between two pings. Returns how to stop.
 */
export function startHeartbeat(socket: WebSocket, wire: Socket, intervalMs: number): () => void {
  if (intervalMs === 0) {
    return () => undefined;
  }
  let received = -1;
  let stopped = false;
  const judge = (): void => {
    if (wire.bytesRead === received) {
      socket.terminate();
      return;
    }
    received = wire.bytesRead;
    socket.ping();
  };
  // A process that stood still has the answer waiting to be read: read first, then judge.
  const timer = setInterval(() => setImmediate(() => stopped || judge()), intervalMs);
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}
