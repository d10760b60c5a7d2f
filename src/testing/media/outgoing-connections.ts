import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import { FrameReader } from '../../media/audiosocket/frames.js';
import type { Engine } from '../engine/engine.js';
import type {
  AudioSocketConnection,
  MediaConnection,
  MediaTarget,
  Outgoing,
} from '../engine/media/media-connection.js';
import { bindMediaSocket } from './bind-media-socket.js';

/** How long somebody may take to answer, in real milliseconds. */
const CONNECT_MS = 500;

/** The connections that Asterisk opens to programs, for media. */
export class OutgoingConnections implements Outgoing {
  readonly #engine: () => Engine;
  readonly #open = new Set<{ end(): void }>();

  constructor(engine: () => Engine) {
    this.#engine = engine;
  }

  webSocket({ uri, username, password }: MediaTarget, connection: MediaConnection): void {
    const engine = this.#engine();
    const headers = { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
    const socket = new WebSocket(uri, 'media', { headers, perMessageDeflate: false, handshakeTimeout: CONNECT_MS });
    this.#keep(socket, { end: () => socket.terminate() });
    const fail = (): void => engine.run(() => connection.unreachable());
    socket.once('error', fail);
    socket.once('open', () => {
      socket.off('error', fail);
      bindMediaSocket(engine, socket, connection);
    });
  }

  audioSocket(address: string, connection: AudioSocketConnection): void {
    const engine = this.#engine();
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(address) ?? [];
    const socket = connect({ host, port: Number(port), noDelay: true });
    this.#keep(socket, { end: () => socket.destroy() });
    const reader = new FrameReader((kind, payload) => engine.run(() => connection.receive(kind, payload)));
    socket.on('data', (bytes) => reader.push(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => engine.run(() => connection.disconnected()));
    socket.on('connect', () =>
      engine.run(() =>
        connection.connected({
          send: (frame) => socket.writable && socket.write(frame),
          close: () => socket.end(),
        }),
      ),
    );
  }

  /** Cuts all of them. */
  close(): void {
    for (const connection of this.#open) connection.end();
  }

  #keep(socket: Socket | WebSocket, connection: { end(): void }): void {
    this.#open.add(connection);
    socket.once('close', () => this.#open.delete(connection));
  }
}
