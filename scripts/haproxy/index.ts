/** HAProxy for tests, from Debian's package `haproxy` or wherever else there is one on the PATH. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.js';

/** How long it may take to start, in milliseconds. */
const startMs = 10_000;

/**
 * Workers of `asterisk-ari/outbound` behind one address, as docs/outbound.md shows it. A worker that drains answers its
 * health check with 503 and gets nothing new; connections that it has stay.
 */
export class HaProxy implements AsyncDisposable {
  readonly port: number;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(port: number, folder: string, process: ChildProcess) {
    this.port = port;
    this.#folder = folder;
    this.#process = process;
  }

  /** @param workers the ports of the workers */
  static async start(workers: readonly number[]): Promise<HaProxy> {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'ari-haproxy-'));
    const file = join(folder, 'haproxy.cfg');
    writeFileSync(file, configuration(port, workers));
    const haproxy = spawn('haproxy', ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    const lines: string[] = [];
    haproxy.stderr.on('data', (data) => lines.push(String(data)));
    await Promise.race([
      listening(port),
      once(haproxy, 'exit').then(() => Promise.reject(new Error(`haproxy has ended:\n${lines.join('')}`))),
    ]);
    return new HaProxy(port, folder, haproxy);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const gone = once(this.#process, 'exit');
      this.#process.kill('SIGKILL');
      await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

function configuration(port: number, workers: readonly number[]): string {
  return `
defaults
  mode http
  timeout connect 500ms
  timeout client 10s
  timeout server 10s
  timeout tunnel 1h

frontend calls
  bind 127.0.0.1:${port}
  default_backend workers

backend workers
  balance leastconn
  option httpchk GET /ari
  http-check expect status 426
  option redispatch
  retries 3
${workers.map((worker, index) => `  server worker${index} 127.0.0.1:${worker} check inter 200ms fall 1 rise 1`).join('\n')}
`;
}

async function listening(port: number): Promise<void> {
  const end = Date.now() + startMs;
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
