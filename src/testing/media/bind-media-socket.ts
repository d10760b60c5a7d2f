import type { WebSocket } from 'ws';
import type { Engine } from '../engine/engine.js';
import type { MediaConnection } from '../engine/media/media-connection.js';

/** Connects a channel's media with an open WebSocket, whoever has opened it. */
export function bindMediaSocket(engine: Engine, socket: WebSocket, connection: MediaConnection): void {
  const isOpen = (): boolean => socket.readyState === socket.OPEN;
  let failed = false;
  socket.on('message', (message: Buffer, isBinary) =>
    engine.run(() => (isBinary ? connection.receiveAudio(message) : connection.receiveText(message.toString()))),
  );
  socket.on('error', () => {
    failed = true;
    socket.terminate();
  });
  socket.on('close', (code) => engine.run(() => connection.disconnected(!failed && code !== BROKEN)));
  engine.run(() =>
    connection.connected({
      sendText: (text) => isOpen() && socket.send(text),
      sendAudio: (audio) => isOpen() && socket.send(audio),
      close: (code) => socket.close(code),
    }),
  );
}

/** The code of a connection that ended without one. */
const BROKEN = 1006;
