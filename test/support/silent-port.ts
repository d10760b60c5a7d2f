import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

/** A TCP port of this machine at which connections are neither accepted nor refused. */
export interface SilentPort extends Disposable {
  readonly port: number;
}

/** A process that listens, and stands still before it has accepted a connection: once its queue is full, nobody answers. */
export async function openSilentPort(): Promise<SilentPort> {
  const listen = `
    const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () =>
      process.stdout.write(String(server.address().port)));`;
  const child = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(text);
  child.kill('SIGSTOP');
  const fillers = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  await Promise.race(fillers.map((filler) => once(filler, 'connect')));
  return {
    port,
    [Symbol.dispose]: () => {
      fillers.forEach((filler) => filler.destroy());
      child.kill('SIGKILL');
    },
  };
}
