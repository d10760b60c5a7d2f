/**
 * Makes random requests on the double and on a real Asterisk 22 alike, and compares after each what was answered, what
 * was told, and what there is.
 *
 *   npx tsx scripts/walk.ts                        # five minutes from a seed of its own
 *   npx tsx scripts/walk.ts --minutes 1
 *   npx tsx scripts/walk.ts --seed 7 --walks 1     # the same walk again; of 30 steps, if not --steps says otherwise
 *   npx tsx scripts/walk.ts --replay steps.jsonl   # steps as they are printed, one a line
 *   npx tsx scripts/walk.ts --sweep                # every operation in turn, each with every odd value; an hour
 *
 * A difference is tried twice more, with more time for each step. What shows every time is shrunk to the fewest steps and
 * printed with the seed. Fails if there is one that test/conformance/walk/differences.ts does not know, or if the real
 * Asterisk dies: that is started again, and the walk goes on.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cleanUp } from '../test/conformance/walk/clean.js';
import type { Real } from '../test/conformance/walk/ground.js';
import type { Step } from '../test/conformance/walk/step.js';
import { situations, sweep } from '../test/conformance/walk/sweep.js';
import { replay, smallest, walk, type Outcome } from '../test/conformance/walk/walk.js';
import { restartAsterisk, startAsterisk } from './asterisk/index.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    walks: { type: 'string', default: 'Infinity' },
    steps: { type: 'string', default: '30' },
    minutes: { type: 'string', default: '5' },
    name: { type: 'string', default: 'walk' },
    replay: { type: 'string' },
    sweep: { type: 'boolean', default: false },
  },
});

const length = { walks: positive('walks'), steps: positive('steps'), minutes: positive('minutes') };
const choice = { name: values.name, log: () => undefined };
const asterisk = await startAsterisk('22', choice);
const real: Real = { target: asterisk, restart: () => restartAsterisk('22', choice) };

const found = await run();
process.exitCode = found === 0 ? 0 : 1;
await cleanUp(asterisk).catch(() => false);
if (!asterisk.reused) await asterisk.stop();

function positive(name: 'walks' | 'steps' | 'minutes'): number {
  const value = Number(values[name]);
  if (value > 0) return value;
  throw new Error(`--${name} must be a number above 0, not ${values[name]}`);
}

/** How many differences there are. */
async function run(): Promise<number> {
  if (values.replay !== undefined) {
    const lines = readFileSync(values.replay, 'utf8').trim().split('\n');
    return print(
      'replay',
      await replay(
        real,
        lines.map((line) => JSON.parse(line) as Step),
      ),
    );
  }
  return values.sweep ? sweepAll() : walkOn();
}

async function walkOn(): Promise<number> {
  const end = Date.now() + length.minutes * 60_000;
  let [seed, steps, differences, doubtful] = [Number(values.seed), 0, 0, 0];
  console.log(`walking from seed ${seed}`);
  for (let count = 0; count < length.walks && Date.now() < end; count += 1, seed += 1) {
    const outcome = await walk(real, seed, length.steps);
    steps += outcome.steps.length;
    if (outcome.lines.length === 0) continue;
    const again = await confirmed(outcome);
    if (again === undefined) {
      doubtful += 1;
      console.log(`seed ${seed}: not every time: ${outcome.lines.join('\n  ')}`);
    } else {
      differences += print(`seed ${seed}`, await smallest(real, again));
    }
  }
  console.log(`${steps} steps; ${differences} differences; ${doubtful} that did not show every time`);
  return differences;
}

/** What differs three times in a row is no matter of time: a real Asterisk has many threads. */
async function confirmed({ steps }: Outcome): Promise<Outcome | undefined> {
  const second = await replay(real, steps);
  if (second.lines.length === 0) return undefined;
  const third = await replay(real, second.steps);
  return third.lines.some((line) => second.lines.includes(line)) ? third : undefined;
}

async function sweepAll(): Promise<number> {
  let differences = 0;
  for (const situation of situations) {
    console.log(`\nwith ${situation.name}`);
    for await (const { request, lines } of sweep(real, situation)) {
      differences += print('', { steps: [request], lines });
    }
  }
  console.log(`${differences} differences`);
  return differences;
}

function print(title: string, { steps, lines }: Outcome): number {
  console.log(`\n${title}`);
  for (const step of steps) console.log(`  ${JSON.stringify(step)}`);
  for (const line of lines) console.log(`  -> ${line}`);
  return Math.min(lines.length, 1);
}
