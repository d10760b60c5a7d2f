/**
 * Has 100,000 calls through a client that listens to each of them, both ways of leaving alike, and looks at what is left:
 * the heap in the middle and at the end are to be within 5 %, and every event is to have come once, in its order.
 * `npm run soak`; it takes about a minute.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SoakApplication, type Tally } from './soak/application.js';
import { SoakAsterisk } from './soak/asterisk.js';

const calls = 100_000;
const tolerance = 0.05;
const limitMs = 10 * 60_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use, after everything that ended has been let go. */
async function heap(tally: Tally, expectedEnds: number): Promise<number> {
  while (tally.ends < expectedEnds) {
    await sleep(100);
  }
  await sleep(1_000);
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

async function main(): Promise<void> {
  const timer = setTimeout(() => fail('it takes too long'), limitMs).unref();
  const asterisk = await SoakAsterisk.start();
  const application = await SoakApplication.start(asterisk.url);
  const { tally } = application;
  const begun = performance.now();
  const heaps = [await heap(tally, 0)];
  let sent = 0;
  for (const part of [1, 2]) {
    sent += await asterisk.run(((part - 1) * calls) / 2, (part * calls) / 2);
    heaps.push(await heap(tally, (part * calls) / 2));
  }
  const seconds = (performance.now() - begun) / 1_000;
  await application.stop();
  asterisk.stop();
  clearTimeout(timer);
  report(heaps, tally, sent, seconds);
}

function report(heaps: readonly number[], tally: Tally, sent: number, seconds: number): void {
  const [start = 0, middle = 0, end = 0] = heaps;
  const growth = (end - middle) / middle;
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  print(`${calls} calls, ${sent} events in ${seconds.toFixed(0)} s`);
  print(`heap: ${megabytes(start)} at the start, ${megabytes(middle)} in the middle, ${megabytes(end)} at the end`);
  print(`from the middle to the end: ${(growth * 100).toFixed(2)} %`);
  print(`events ${tally.events}, misplaced ${tally.misplaced}; digits ${tally.digits}, prompts ${tally.prompts}`);
  const complete =
    tally.events === sent && tally.misplaced === 0 && tally.digits === 2 * calls && tally.prompts === calls;
  if (!complete) {
    fail('events were lost, doubled or out of their order');
  }
  if (Math.abs(growth) > tolerance) {
    fail(`the heap in the middle and at the end differ by more than ${tolerance * 100} %`);
  }
}

function fail(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

await main();
