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

/** So long all may take, in milliseconds. */
const longestMs = 60_000;

/** Runs the compiled fences in two processes side by side. */
export async function runPages(folder: string, fences: readonly Fence[]): Promise<Report> {
  const runnable = fences.filter(({ notRun }) => notRun === undefined);
  const halves = [0, 1].map((half) => runnable.filter((_, index) => index % 2 === half));
  const outcomes = (await Promise.all(halves.map((half) => outcomesOf(folder, half)))).flat();
  const of = (kind: Outcome['outcome']): Outcome[] => outcomes.filter(({ outcome }) => outcome === kind);
  const marked = fences.flatMap(({ file, line, notRun: text }) => (text === undefined ? [] : [{ file, line, text }]));
  const skipped = [...of('notRun'), ...marked].map(tell).sort();
  const [ended, goesOn] = [of('ended').length, of('goesOn').length];
  const ran = `${ended + goesOn} of them run on the double, ${goesOn} until they are stopped`;
  return {
    summary: [`${ran}; ${skipped.length} are not run`, ...skipped].join('\n  '),
    failures: of('failed').map(tell),
  };
}

function tell({ file, line, text }: Pick<Outcome, 'file' | 'line' | 'text'>): string {
  return `${file}:${line}: ${text ?? ''}`;
}

async function outcomesOf(folder: string, fences: readonly Fence[]): Promise<Outcome[]> {
  const job = JSON.stringify({ folder, fences });
  const options = { timeout: longestMs, maxBuffer: 2 ** 24 };
  const { stdout } = await start(process.execPath, ['--import', 'tsx', 'scripts/fences/run.ts', job], options);
  const lines = stdout.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Outcome);
}
