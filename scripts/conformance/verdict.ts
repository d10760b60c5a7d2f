import { differences, unsteady, type Difference } from '../../test/conformance/differences.js';
import { compareTraces } from '../../test/conformance/trace/compare.js';
import type { Trace } from '../../test/conformance/trace/trace.js';

/** What is to be said of the traces of one scenario. */
export interface Verdict {
  /** Lines that no known difference is about. */
  readonly unknown: readonly string[];
  /** Lines that are known, whose differences are in the list. */
  readonly known: readonly string[];
}

/** Compares traces with the list of known differences at hand, and keeps account of which of those occur. */
export class Judge {
  readonly #occurred = new Set<Difference>();

  compare(scenario: string, double: Trace, real: Trace): Verdict {
    const unknown: string[] = [];
    const known: string[] = [];
    for (const line of compareTraces(double, real)) {
      const matching = [...differences, ...unsteady].filter((one) => isAbout(one, scenario, line));
      (matching.length > 0 ? known : unknown).push(line);
      for (const difference of matching) {
        this.#occurred.add(difference);
      }
    }
    return { unknown, known };
  }

  /** Known differences that occurred nowhere, though they should every time. */
  get gone(): Difference[] {
    return differences.filter((difference) => !this.#occurred.has(difference));
  }
}

function isAbout(difference: Difference, scenario: string, line: string): boolean {
  return scenario.startsWith(difference.scenario ?? '') && difference.line.test(line);
}
