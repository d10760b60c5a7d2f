import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { SubjectName } from './subjects/index.js';
import type { TaskInput, TaskName } from './tasks/index.js';
import type { Metrics } from './tasks/task.js';

/** Longest time for one measurement, in milliseconds: what some packages are asked is never answered. */
const limitMs = 30_000;

/** Measures one subject once, in a fresh process whose own output is thrown away. */
export async function measure<Name extends TaskName>(
  subject: SubjectName,
  task: Name,
  input: TaskInput<Name>,
  longestMs = limitMs,
): Promise<Metrics> {
  const script = new URL('child.js', import.meta.url);
  const child = fork(script, [subject, task, JSON.stringify(input)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--expose-gc'],
    timeout: longestMs,
  });
  const complaint: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => complaint.push(chunk));
  const outcome = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  const [result, signal] = outcome as [unknown, unknown];
  if (typeof result !== 'object' || result === null) {
    const reason = typeof signal === 'string' ? `not done within ${limitMs / 1000} s` : `ended with ${String(result)}`;
    throw new Error(`${reason} ${Buffer.concat(complaint).toString().slice(-2000)}`.trim());
  }
  return result as Metrics;
}
