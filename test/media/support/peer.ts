import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectMedia, type ConnectMediaOptions, type Media } from 'asterisk-ari/media';
import { expect, vi } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';

export const start = {
  event: 'MEDIA_START',
  connection_id: 'c',
  channel: 'WebSocket/INCOMING/0x1',
  channel_id: '1.1',
  format: 'slin16',
  optimal_frame_size: 640,
  ptime: 20,
};

/** The other end of a media socket, in the hands of a test: whatever it sends, and whatever it is sent. */
export class Peer implements AsyncDisposable {
  readonly texts: string[] = [];
  readonly audio: Buffer[] = [];
  /** Paths that were asked for. */
  readonly paths: string[] = [];
  /** What came with the requests for them. */
  readonly headers: IncomingHttpHeaders[] = [];
  closed: { readonly code: number } | undefined;
  readonly #server: WebSocketServer;
  #socket: WebSocket | undefined;

  constructor(server: WebSocketServer, first: string | null) {
    this.#server = server;
    server.on('connection', (socket, request) => {
      this.#socket = socket;
      this.paths.push(request.url ?? '');
      this.headers.push(request.headers);
      socket.on('message', (message: Buffer, isBinary) => {
        if (isBinary) {
          this.audio.push(message);
        } else {
          this.texts.push(message.toString());
        }
      });
      socket.on('close', (code) => (this.closed = { code }));
      socket.on('error', () => undefined);
      if (first !== null) {
        socket.send(first);
      }
    });
  }

  /** @param first the first message; null for none */
  static async start(first: string | null = JSON.stringify(start)): Promise<Peer> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/asterisk/media/c%2F1' });
    await once(server, 'listening');
    return new Peer(server, first);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/asterisk/`;
  }

  get socket(): WebSocket {
    return this.#socket as WebSocket;
  }

  connect(options: Partial<ConnectMediaOptions> = {}): Promise<Media> {
    return connectMedia({ url: this.url, connectionId: 'c/1', ...options });
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' || message instanceof Buffer ? message : JSON.stringify(message));
  }

  /** Waits until it was told a command. */
  async hears(command: string): Promise<void> {
    await vi.waitFor(() => expect(this.texts.join('\n')).toContain(command));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket?.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
