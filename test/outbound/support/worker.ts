import { AriClient } from 'asterisk-ari';
import { serve, type OutboundConnection, type OutboundOptions, type OutboundServer } from 'asterisk-ari/outbound';
import type { Logger } from 'asterisk-ari';
import { expect } from 'vitest';
import { credentials } from './peer.js';

type Connection = OutboundConnection<AriClient>;

/** A server, what has connected to it, and what it has written. */
export class Worker implements AsyncDisposable {
  readonly connections: Connection[] = [];
  readonly log: string[] = [];
  onConnection: (connection: Connection) => void = () => undefined;
  server!: OutboundServer<AriClient>;

  static async start(options: Partial<OutboundOptions<AriClient>> = {}): Promise<Worker> {
    const worker = new Worker();
    const note = (text: string): void => void worker.log.push(text);
    const logger: Logger = { debug: () => undefined, info: note, warn: note, error: note };
    const basis = { client: AriClient, port: 0, ...credentials, logger };
    worker.server = await serve({ ...basis, ...options }, (connection) => {
      worker.connections.push(connection);
      worker.onConnection(connection);
    });
    return worker;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.server.port}/`;
  }

  /** The connection that came as the first, the second …, once it is open. */
  async connection(number = 1): Promise<Connection> {
    await expect.poll(() => this.connections[number - 1]?.client.state).toBe('open');
    return this.connections[number - 1] as Connection;
  }

  /** Like `connection`, of one for a call. */
  async forCall(number = 1): Promise<Extract<Connection, { kind: 'perCall' }>> {
    const connection = await this.connection(number);
    if (connection.kind !== 'perCall') throw new Error('not for a call');
    return connection;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
  }
}
