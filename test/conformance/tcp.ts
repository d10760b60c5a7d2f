import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A program that takes every connection, and whatever comes over it. */
export interface TcpProgram extends AsyncDisposable {
  /** `127.0.0.1:PORT` */
  readonly address: string;
}

export async function acceptConnections(): Promise<TcpProgram> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    // The other side may reset the connection; what it sends is of no interest.
    socket.on('error', () => {}).resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
