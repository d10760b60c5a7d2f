/**
 * Runs compiled fences one after another, each on a double of its own; started by check-fences with a
 * list of them. Prints what became of each as a line of JSON.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { moduleName } from './compile.js';
import type { Fence } from './read.js';
import { Stage } from './stage.js';

/** How a fence has ended: it has, or goes on until it is stopped; what has failed; or why it was not run. */
export interface Outcome {
  readonly file: string;
  readonly line: number;
  readonly outcome: 'ended' | 'goesOn' | 'failed' | 'notRun';
  readonly text?: string;
}

type Ending = Pick<Outcome, 'outcome' | 'text'>;

/** So long it may take, in milliseconds; what then still waits for calls goes on until it is stopped. */
const longestMs = 600;

const errors: string[] = [];
const keep = (error: unknown): void => void errors.push(error instanceof Error ? String(error.stack) : String(error));
process.on('uncaughtException', keep).on('unhandledRejection', keep).on('warning', keep);
// What a page prints is for its reader.
for (const name of ['log', 'info', 'debug', 'warn', 'error'] as const) console[name] = () => undefined;

const { folder, fences } = JSON.parse(process.argv[2] ?? '') as { folder: string; fences: readonly Fence[] };
// Files that a page writes are not the project's.
process.chdir(folder);
for (const fence of fences) {
  process.stdout.write(
    `${JSON.stringify({ file: fence.file, line: fence.line, ...(await run(fence).catch(failed)) })}\n`,
  );
}
process.exit();

function failed(error: unknown): Ending {
  return { outcome: 'failed', text: String((error as Error).stack) };
}

async function run(fence: Fence): Promise<Ending> {
  const stage = await Stage.set();
  try {
    return await runOn(stage, fence);
  } finally {
    // Faults that a page has asked for may keep a connection open.
    await Promise.race([stage.strike(), pause(200)]);
    process.removeAllListeners('SIGTERM').removeAllListeners('SIGINT');
  }
}

async function runOn(stage: Stage, fence: Fence): Promise<Ending> {
  for (const [, name = '', type = ''] of fence.preamble.matchAll(/declare const (\w+): (.+?);(?= |$)/g)) {
    const value = await stage.valueOf(name, type, fence.code);
    if (value === undefined) return { outcome: 'notRun', text: `nothing stands for ${name}: ${type}` };
    Object.assign(globalThis, { [name]: value });
  }
  for (const [, name = ''] of fence.preamble.matchAll(/declare function (\w+)\(/g)) {
    Object.assign(globalThis, { [name]: () => undefined });
  }
  const { url } = stage.asterisk;
  Object.assign(process.env, { ARI_URL: url, ARI_USERNAME: 'hey', ARI_PASSWORD: 'peekaboo' });
  const code = readFileSync(join(folder, 'out', `${moduleName(fence)}.js`), 'utf8');
  const path = join(folder, `${moduleName(fence)}.run.mjs`);
  writeFileSync(path, onStage(code, url));
  errors.length = 0;
  const end = performance.now() + longestMs;
  let hasEnded = false;
  let isStopped = false;
  import(pathToFileURL(path).href).then(
    () => (hasEnded = true),
    // What it fails with because it was stopped may come when the next one runs.
    (error: unknown) => {
      hasEnded = true;
      if (!isStopped) keep(error);
    },
  );
  // Listeners are heard out for a moment after the last line, too.
  for (let rest = 6; rest > 0 && performance.now() < end; rest -= hasEnded ? 1 : 0) {
    await stage.callIn();
    await pause(25);
  }
  await stage.settle();
  isStopped = true;
  if (errors.length > 0) return { outcome: 'failed', text: errors.join('\n') };
  return { outcome: hasEnded ? 'ended' : 'goesOn' };
}

/** The code where Asterisk is the double, and servers listen at free ports. */
function onStage(code: string, url: string): string {
  const ports = code.replaceAll(/(\bport: |\.listen\()\d{4,5}\b/g, (_, before: string) => `${before}0`);
  return ports.replaceAll('http://localhost:8088', url.replace(/\/$/, ''));
}
