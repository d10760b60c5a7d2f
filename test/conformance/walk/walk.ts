import { nextStep } from './generate.js';
import { Ground, type Real } from './ground.js';
import { Random } from './random.js';
import { shrink } from './shrink.js';
import { brisk, patient, ServerGone, type Patience } from './side.js';
import type { Step } from './step.js';

/** How a walk ended. */
export interface Outcome {
  readonly steps: readonly Step[];
  /** What differs after the last of them, and is not in the list of differences; nothing if nothing does. */
  readonly lines: readonly string[];
}

/** Goes where chance leads, until something differs or so many steps are taken. */
export async function walk(real: Real, seed: number, length: number): Promise<Outcome> {
  const random = new Random(seed);
  return go(
    real,
    Array.from({ length }, () => nextStep(random)),
    brisk,
  );
}

/** Takes the steps again, with more time for each. */
export async function replay(real: Real, steps: readonly Step[]): Promise<Outcome> {
  return go(real, steps, patient);
}

/** How long to look for fewer steps, in milliseconds. */
const SHRINKING_MS = 180_000;

/** The fewest steps after which one of the lines still shows, as far as that can be found out in the time for it. */
export async function smallest(real: Real, outcome: Outcome): Promise<Outcome> {
  let best = outcome;
  const end = Date.now() + SHRINKING_MS;
  await shrink(outcome.steps, async (fewer) => {
    if (Date.now() > end) return false;
    const tried = await replay(real, fewer);
    const same = tried.lines.some((line) => outcome.lines.includes(line));
    if (same) best = tried;
    return same;
  });
  return best;
}

async function go(real: Real, steps: readonly Step[], patience: Patience): Promise<Outcome> {
  const taken: Step[] = [];
  try {
    await using ground = await Ground.enter(real, patience);
    for (const step of steps) {
      taken.push(step);
      const lines = await ground.take(step);
      if (lines.length > 0) return { steps: taken, lines };
    }
    return { steps: taken, lines: [] };
  } catch (error) {
    if (!(error instanceof ServerGone)) throw error;
    return { steps: taken, lines: ['the real Asterisk is gone'] };
  }
}
