import { loadavg } from 'node:os';
import type { Metrics } from './tasks/task.js';

/** One thing to measure in a part of the bench. */
export interface Variant {
  /** What is done: `requests, 20 at a time`. */
  readonly scenario: string;
  /** Who does it. */
  readonly subject: string;
  measure(): Promise<Metrics>;
}

/** What came out of all rounds of one variant. */
export interface Row {
  readonly part: string;
  readonly scenario: string;
  readonly subject: string;
  /** The median of each metric. */
  readonly metrics: Metrics;
  readonly samples: readonly Metrics[];
  /** Why there is nothing to show. */
  readonly failure?: string;
}

/**
 * Measures every variant once a round, so that whatever else the machine does meets all of them alike; every other
 * round goes backwards.
 */
export async function interleave(part: string, rounds: number, variants: readonly Variant[]): Promise<Row[]> {
  const samples = new Map<Variant, Metrics[]>(variants.map((variant) => [variant, []]));
  const failures = new Map<Variant, string>();
  for (let round = 1; round <= rounds; round += 1) {
    const [load = 0] = loadavg();
    process.stderr.write(`${part}: round ${round} of ${rounds}, load ${load.toFixed(2)}\n`);
    for (const variant of round % 2 === 0 ? variants.toReversed() : variants) {
      try {
        samples.get(variant)?.push(await variant.measure());
      } catch (error) {
        failures.set(variant, String(error));
      }
    }
  }
  return variants.map((variant) => {
    const own = samples.get(variant) ?? [];
    const failure = failures.get(variant);
    return {
      part,
      scenario: variant.scenario,
      subject: variant.subject,
      metrics: medians(own),
      samples: own,
      ...(failure !== undefined && { failure }),
    };
  });
}

function medians(samples: readonly Metrics[]): Metrics {
  const names = Object.keys(samples[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, median(samples.map((sample) => sample[name] ?? NaN))]));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
