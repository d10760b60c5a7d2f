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
  /** By the UUID of the channel that is to be. */
  readonly #reached = new Map<string, Socket>();

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

  reach(address: string, uuid: string): Promise<boolean> {
    const socket = this.#dial(address);
    socket.setTimeout(CONNECT_MS, () => socket.destroy());
    return new Promise((resolve) => {
      socket.once('close', () => {
        if (this.#reached.get(uuid) === socket) this.#reached.delete(uuid);
        resolve(false);
      });
      socket.once('connect', () => {
        socket.setTimeout(0);
        this.#reached.set(uuid, socket);
        resolve(true);
      });
    });
  }

  letGo(uuid: string): void {
    this.#reached.get(uuid)?.destroy();
  }

  audioSocket(address: string, uuid: string, connection: AudioSocketConnection): void {
    const engine = this.#engine();
    const socket = this.#reached.get(uuid) ?? this.#dial(address);
    this.#reached.delete(uuid);
    const reader = new FrameReader((kind, payload) => engine.run(() => connection.receive(kind, payload)));
    socket.on('data', (bytes) => reader.push(bytes));
    socket.on('close', () => engine.run(() => connection.disconnected()));
    const begin = (): void =>
      connection.connected({
        send: (frame) => socket.writable && socket.write(frame),
        close: () => socket.end(),
      });
    if (socket.connecting) socket.once('connect', () => engine.run(begin));
    else begin();
  }

  /** Cuts all of them. */
  close(): void {
    for (const connection of this.#open) connection.end();
  }

  #dial(address: string): Socket {
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(address) ?? [];
    const socket = connect({ host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port), noDelay: true });
    socket.on('error', () => socket.destroy());
    this.#keep(socket, { end: () => socket.destroy() });
    return socket;
  }

  #keep(socket: Socket | WebSocket, connection: { end(): void }): void {
    this.#open.add(connection);
    socket.once('close', () => this.#open.delete(connection));
  }
}
