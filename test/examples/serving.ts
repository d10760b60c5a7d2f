import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** An example that serves, in a process of its own. */
export interface ServingProgram {
  /** Waits until it has written this. */
  says(text: string): Promise<void>;
  /** As Ctrl-C does. */
  interrupt(): void;
  /** Its status, once it has ended. */
  ended(): Promise<number | null>;
}

export function startServing(file: string, settings: Readonly<Record<string, string>>): ServingProgram {
  const child = spawn(process.execPath, ['--import', 'tsx', file, '--serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...settings },
  });
  const over = once(child, 'close') as Promise<[number | null]>;
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return {
    async says(text) {
      while (!output.includes(text)) await once(child.stdout, 'data', { signal: AbortSignal.timeout(15_000) });
    },
    interrupt: () => void child.kill('SIGINT'),
    async ended() {
      const [status] = await over;
      return status;
    },
  };
}
