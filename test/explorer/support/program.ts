import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

const bin = fileURLToPath(new URL('../../../explorer/bin/ari-explorer.js', import.meta.url));

/** Where Asterisk is, as the double and a real one tell it. */
interface Server {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** `ari-explorer` as it is installed, running. */
export class Program implements AsyncDisposable {
  readonly child: ChildProcess;
  /** What it has written. */
  readonly stdout: string[] = [];
  readonly stderr: string[] = [];
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  #used = 0;

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [bin, ...args], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const name of ['stdout', 'stderr'] as const) {
      const input = this.child[name];
      if (input !== null) createInterface({ input }).on('line', (line) => this[name].push(line));
    }
    this.ended = once(this.child, 'close').then(([code]) => code as number | null);
  }

  /** Looks at an Asterisk, at a free port. */
  static on({ url, username, password }: Server, ...args: string[]): Program {
    return new Program(['--url', url, '--username', username, '--port', '0', ...args], {
      ARI_PASSWORD: password,
      // More than it needs, and less than it would need if it kept what it hears.
      NODE_OPTIONS: '--max-old-space-size=96',
    });
  }

  /** The address that is printed for the next browser. */
  async address(): Promise<string> {
    const printed = (): string[] => this.stdout.flatMap((line) => /https?:\/\/\S+token=\S+/.exec(line)?.[0] ?? []);
    const next = (): string => {
      const address = printed()[this.#used];
      if (address === undefined) throw new Error(`no address among ${[...this.stdout, ...this.stderr].join('\n')}`);
      return address;
    };
    const address = await vi.waitFor(next, { timeout: 15_000, interval: 20 });
    this.#used += 1;
    return address;
  }

  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

/** A run that ends by itself: its exit code, and what it has written to its standard error. */
export async function refusal(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<[number | null, string[]]> {
  const program = new Program(args, env);
  return [await program.ended, program.stderr];
}
