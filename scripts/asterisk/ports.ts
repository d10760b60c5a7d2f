import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** The first port from `preferred` upwards that nobody has on the loopback address or is to have. */
export async function freePort(protocol: 'tcp' | 'udp', preferred: number, reserved: number[]): Promise<number> {
  const isFree = protocol === 'tcp' ? tcpPortIsFree : udpPortIsFree;
  for (let port = preferred; port < preferred + 100; port++) {
    if (!reserved.includes(port) && (await isFree(port))) return port;
  }
  throw new Error(`No free ${protocol} port between ${preferred} and ${preferred + 99}.`);
}

/** A port that was asked for; were it taken, whoever holds it would be mistaken for our Asterisk. */
export async function thisPort(port: number): Promise<number> {
  if (await tcpPortIsFree(port)) return port;
  throw new Error(`Port ${port} is taken.`);
}

async function tcpPortIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

async function udpPortIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
}
