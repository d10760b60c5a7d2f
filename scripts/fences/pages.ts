import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Fence } from './read.js';
import type { Outcome } from './run.js';

export interface Report {
  /** What was run, and what was not and why. */
  readonly summary: string;
  readonly failures: readonly string[];
}

const start = promisify(execFile);

/** So long a page may take, in milliseconds. */
const longestMs = 30_000;

/** Runs the compiled fences, each page in a process of its own, several side by side. */
export async function runPages(folder: string, fences: readonly Fence[]): Promise<Report> {
  const waiting = [...new Set(fences.map(({ file }) => file))];
  const failures: string[] = [];
  const skipped: string[] = [];
  const count = { ended: 0, goesOn: 0 };
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const page = fences.filter((fence) => fence.file === file);
      for (const { line, outcome, text } of await runPage(folder, page)) {
        const told = `${file}:${line}: ${text ?? ''}`;
        if (outcome === 'failed') failures.push(told);
        else if (outcome === 'notRun') skipped.push(told);
        else count[outcome] += 1;
      }
    }
  };
  await Promise.all([work(), work(), work()]);
  const ran = `${count.ended + count.goesOn} of them run on the double, ${count.goesOn} until they are stopped`;
  return { summary: [`${ran}; ${skipped.length} are not run`, ...skipped.sort()].join('\n  '), failures };
}

async function runPage(folder: string, page: readonly Fence[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const runnable = page.filter(({ line, notRun }) => {
    if (notRun !== undefined) outcomes.push({ line, outcome: 'notRun', text: notRun });
    return notRun === undefined;
  });
  if (runnable.length > 0) {
    const job = JSON.stringify({ folder, fences: runnable });
    for (const line of (await linesOf(job)).split('\n')) outcomes.push(JSON.parse(line) as Outcome);
  }
  return outcomes;
}

async function linesOf(job: string): Promise<string> {
  const options = { timeout: longestMs };
  const { stdout } = await start(process.execPath, ['--import', 'tsx', 'scripts/fences/run.ts', job], options);
  return stdout.trim();
}
