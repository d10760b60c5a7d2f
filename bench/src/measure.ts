import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { SubjectName } from './subjects/index.js';
import type { TaskInput, TaskName } from './tasks/index.js';
import type { Metrics } from './tasks/task.js';

/** Longest time for one measurement, in milliseconds. */
const limitMs = 120_000;

/** Measures one subject once, in a fresh process whose own output is thrown away. */
export async function measure<Name extends TaskName>(
  subject: SubjectName,
  task: Name,
  input: TaskInput<Name>,
): Promise<Metrics> {
  const script = new URL('child.js', import.meta.url);
  const child = fork(script, [subject, task, JSON.stringify(input)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--expose-gc'],
    timeout: limitMs,
  });
  const complaint: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => complaint.push(chunk));
  const outcome = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  const [result] = outcome as [unknown];
  if (typeof result !== 'object' || result === null) {
    throw new Error(`${subject}, ${task}: ${Buffer.concat(complaint).toString().slice(-2000) || String(result)}`);
  }
  return result as Metrics;
}
