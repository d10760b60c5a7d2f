import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** Runs a program to its end; tells what it printed and how long it took, in milliseconds. */
export async function run(
  file: string,
  args: readonly string[],
  cwd?: string,
): Promise<{ readonly output: string; readonly ms: number }> {
  const start = performance.now();
  const { stdout } = await exec(file, args, { ...(cwd !== undefined && { cwd }), maxBuffer: 64 * 1024 * 1024 });
  return { output: stdout, ms: performance.now() - start };
}
