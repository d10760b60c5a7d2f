import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** The relay as it is installed, and a worker for tests that answers calls. */
export const programs = {
  relay: fileURLToPath(new URL('../../../relay/bin/ari-relay.js', import.meta.url)),
  worker: fileURLToPath(new URL('worker.mjs', import.meta.url)),
} as const;

/** A program that runs. */
export interface Running {
  readonly child: ChildProcess;
  /** What it has written to its standard error. */
  readonly lines: string[];
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  /** Resolves when a line says so. */
  said(words: string): Promise<void>;
}

export function run(
  program: keyof typeof programs,
  args: readonly string[],
  env: Record<string, string> = {},
): Running {
  const child = spawn(process.execPath, [programs[program], ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  return {
    child,
    lines,
    ended: once(child, 'close').then(([code]) => code as number | null),
    said: (words) => expect.poll(() => lines.join('\n')).toContain(words),
  };
}
