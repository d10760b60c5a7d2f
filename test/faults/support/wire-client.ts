import { AriClient, type ConnectOptions } from 'asterisk-ari';
import { afterEach, beforeEach } from 'vitest';
import { WireServer } from './wire-server.js';

/** The server of bytes of the present test, and the client that asks it. */
export let server: WireServer;
export let client: AriClient;

/** Has each test of a file begin with a server of its own; nothing is left of it, nor of the client. */
export function eachWithWireServer(): void {
  beforeEach(async () => {
    server = await WireServer.start();
  });
  afterEach(async () => {
    await client.close();
    await server[Symbol.asyncDispose]();
  });
}

/** Makes the client. */
export function begin(options: ConnectOptions, url = server.url): void {
  client = new AriClient({ ...options, url, username: 'ari', password: 'secret', retry: false });
}
