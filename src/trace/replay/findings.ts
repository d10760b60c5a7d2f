import type { AnswerEntry, RequestEntry, Trace } from '../entries.js';
import { nameOf, outcomeOf, placeOf, unlike, type Difference } from './difference.js';
import type { Expected } from './expected.js';

/** What is found to be otherwise than in the record, in words. */
export class Findings {
  readonly differences: Difference[] = [];
  readonly #trace: Trace;

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  missing({ request: recorded, index }: Expected): void {
    this.#tell({ kind: 'missing', text: `${nameOf(recorded)}, ${placeOf(this.#trace, index)}`, recorded });
  }

  /** Something else was made in its place. */
  other(
    { request: recorded, index }: Expected,
    made: RequestEntry,
    isSame: (recorded: unknown, made: unknown) => boolean,
  ): void {
    const text = `${nameOf(made)}: ${unlike(recorded, made, isSame)}, ${placeOf(this.#trace, index)}`;
    this.#tell({ kind: 'other', text, recorded, made });
  }

  additional(made: RequestEntry): void {
    this.#tell({ kind: 'additional', text: nameOf(made), made });
  }

  early({ request: recorded, index }: Expected, made: RequestEntry): void {
    this.#tell({ kind: 'early', text: this.#whenRecorded(made, index), recorded, made });
  }

  /** What was taken to be missing has been made after all. */
  late({ request: recorded, index }: Expected, made: RequestEntry): void {
    const at = this.differences.findIndex((each) => each.kind === 'missing' && each.recorded === recorded);
    if (at >= 0) {
      this.differences.splice(at, 1);
    }
    this.#tell({ kind: 'late', text: this.#whenRecorded(made, index), recorded, made });
  }

  /** It was made before another that it should have waited for. */
  order({ request: recorded }: Expected, made: RequestEntry, first: Expected): void {
    this.#tell({ kind: 'order', text: `${nameOf(made)} before ${nameOf(first.request)}`, recorded, made });
  }

  outcome({ request: recorded }: Expected, made: RequestEntry, before: AnswerEntry, now: AnswerEntry): void {
    const text = `${nameOf(made)}: ${outcomeOf(now)} instead of ${outcomeOf(before)}`;
    this.#tell({ kind: 'outcome', text, recorded, made });
  }

  outside(text: string, recorded: Difference['recorded']): void {
    this.#tell({ kind: 'outside', text, ...(recorded === undefined ? {} : { recorded }) });
  }

  #whenRecorded(made: RequestEntry, index: number): string {
    return `${nameOf(made)}, recorded ${placeOf(this.#trace, index)}`;
  }

  #tell(difference: Difference): void {
    this.differences.push(difference);
  }
}
