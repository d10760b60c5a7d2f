import type { WebSocket } from 'ws';

/**
 * Asterisk never pings and has no idle timeout, so a half-open socket would stay silent for ever: ping it, and cut it
 * when nothing at all came back between two pings. Returns how to stop.
 */
export function startHeartbeat(socket: WebSocket, intervalMs: number): () => void {
  if (intervalMs === 0) {
    return () => undefined;
  }
  let alive = true;
  const onSignOfLife = (): void => {
    alive = true;
  };
  const timer = setInterval(() => {
    if (!alive) {
      socket.terminate();
      return;
    }
    alive = false;
    socket.ping();
  }, intervalMs);
  socket.on('pong', onSignOfLife);
  socket.on('message', onSignOfLife);
  return () => {
    clearInterval(timer);
    socket.off('pong', onSignOfLife);
    socket.off('message', onSignOfLife);
  };
}
