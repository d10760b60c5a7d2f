import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Engine } from '../engine/engine.js';
import type { MediaConnection } from '../engine/media/media-connection.js';
import { encodeResponse } from '../http/encode.js';
import { htmlReply } from '../http/html.js';
import type { Reply } from '../http/reply.js';
import { bindMediaSocket } from './bind-media-socket.js';

const BAD_HANDSHAKE: Reply = {
  status: 400,
  reason: 'Bad Request',
  headers: { 'Sec-WebSocket-Version': '7, 8, 13' },
};

/** The WebSockets that programs open for the media of a channel. */
export class MediaSockets {
  readonly #engine: Engine;
  readonly #name: string;
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('media') ? 'media' : false),
  });
  readonly #open = new Set<WebSocket>();

  /** @param name what the server calls itself */
  constructor(engine: Engine, name: string) {
    this.#engine = engine;
    this.#name = name;
  }

  /** Opens a socket for the channel whose connection has that id, or says why not. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, connectionId: string): void {
    const connection = this.#engine.mediaConnections.get(connectionId);
    const refusal = this.#refusal(request, connection);
    if (refusal || !connection) {
      socket.end(encodeResponse(refusal ?? BAD_HANDSHAKE, this.#name));
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (opened) => {
      this.#open.add(opened);
      opened.on('close', () => this.#open.delete(opened));
      bindMediaSocket(this.#engine, opened, connection);
    });
  }

  #refusal({ headers }: IncomingMessage, connection: MediaConnection | undefined): Reply | undefined {
    if (!connection) return htmlReply(404, 'Not found', 'WebSocket instance not found', this.#name);
    if (connection.isConnected) {
      const text = 'Another websocket connection exists for this connection id';
      return htmlReply(409, 'Conflict', text, this.#name);
    }
    const protocols = headers['sec-websocket-protocol'];
    return protocols === undefined || /(^|,)\s*media\s*(,|$)/i.test(protocols) ? undefined : BAD_HANDSHAKE;
  }
}
