/**
 * A real NATS server for tests, from Debian's package `nats-server` or wherever else there is one on the PATH. Each has a
 * port and a folder of its own.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../free-port.js';

export interface NatsServerOptions {
  /** Lines of its configuration file, besides the port. */
  readonly config?: string;
}

/** How long it may take to start, in milliseconds. */
const startMs = 10_000;

/** A NATS server that can be killed, stopped still, and started again at the same port. */
export class NatsServer implements AsyncDisposable {
  readonly port: number;
  /** What it has said since it was started. */
  readonly log: string[] = [];
  readonly #folder: string;
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string) {
    this.port = port;
    this.#folder = folder;
  }

  static async start({ config = '' }: NatsServerOptions = {}): Promise<NatsServer> {
    const port = await freePort();
    const server = new NatsServer(port, mkdtempSync(join(tmpdir(), 'ari-nats-')));
    server.configure(config);
    await server.resume();
    return server;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** Lines of its configuration from its next start or `reload` on, besides the port. */
  configure(config: string): void {
    writeFileSync(join(this.#folder, 'nats.conf'), `listen: 127.0.0.1:${this.port}\n${config}\n`);
  }

  /** Starts it (again). */
  async resume(): Promise<void> {
    const server = spawn('nats-server', ['-c', join(this.#folder, 'nats.conf')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = server;
    const lines = this.log;
    lines.length = 0;
    const failed = new Promise<never>((_resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`nats-server ${why}\n${lines.join('\n')}`));
      server.once('error', (error) => fail(error.message));
      server.once('exit', (code) => fail(`ended with ${code}`));
      setTimeout(() => fail('is not ready in time'), startMs).unref();
    });
    failed.catch(() => undefined);
    const ready = new Promise<void>((resolve) => {
      createInterface({ input: server.stderr }).on('line', (line) => {
        lines.push(line);
        if (line.includes('Server is ready')) resolve();
      });
    });
    await Promise.race([ready, failed]);
  }

  /** Ends it at once, as a crash does. */
  async kill(): Promise<void> {
    const server = this.#process;
    this.#process = undefined;
    if (server !== undefined && server.exitCode === null && server.signalCode === null) {
      const gone = once(server, 'exit');
      server.kill('SIGKILL');
      await gone;
    }
  }

  /** It stands still: connections stay, nothing is answered. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  /** It takes its configuration anew: rights that are no longer there are taken away from connections. */
  async reload(): Promise<void> {
    const said = this.log.length;
    this.#process?.kill('SIGHUP');
    const end = performance.now() + startMs;
    while (!this.log.slice(said).some((line) => line.includes('Reloaded'))) {
      if (performance.now() > end) throw new Error(`nats-server does not reload\n${this.log.join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    this.thaw();
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
