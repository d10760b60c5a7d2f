import type { RequestEntry, Trace, TraceEntry } from '../entries.js';
import { objectsOf } from '../objects.js';
import { mustComeBefore, type Expected } from './expected.js';
import type { Findings } from './findings.js';

/** So long an application must have been idle for what it does next to be an answer to what came then, in milliseconds. */
const idleMs = 20;

/** When recorded requests are to be made, as the record is played. */
export class Schedule {
  readonly #trace: Trace;
  readonly #expected: readonly Expected[];
  readonly #findings: Findings;
  /** What came before something that it should have waited for; that may yet come, or turn out missing. */
  readonly #overtaking: { readonly first: Expected; readonly tell: () => void }[] = [];
  /** Until here the record has been played. */
  #place = 0;

  constructor(trace: Trace, expected: readonly Expected[], findings: Findings) {
    this.#trace = trace;
    this.#expected = expected;
    this.#findings = findings;
  }

  /** What is about to be played comes next; what was recorded before it is due. */
  reach(place: number): void {
    this.#place = place;
  }

  /** What should have been made by now, and was not. */
  get due(): readonly Expected[] {
    return this.#expected.filter(({ state, index }) => state === 'awaited' && index < this.#place);
  }

  /** How long the application had in the record for what is due, in milliseconds. */
  get recordedMs(): number {
    const before = (index: number): number => this.#trace[index - 1]?.at ?? this.#trace[index]?.at ?? 0;
    return this.due.reduce((most, { request, index }) => Math.max(most, request.at - before(index)), 0);
  }

  /** Whether what was made has its answer, where it had one by now in the record. */
  get isHeard(): boolean {
    return this.#expected.every(
      ({ state, isAnswered, answerIndex }) =>
        state !== 'made' || isAnswered || answerIndex < 0 || answerIndex >= this.#place,
    );
  }

  /** Whether the application was idle before what comes next, which is then what it has waited for. */
  get isAwaited(): boolean {
    const [before, cause] = [this.#trace[this.#place - 1], this.#trace[this.#place]];
    return (cause?.at ?? 0) - (before?.at ?? 0) >= idleMs;
  }

  /** Whether it may be made now, and nothing is still to be made before it. */
  isInTurn(expected: Expected): boolean {
    return expected.state === 'awaited' && this.#firstBefore(expected) === undefined;
  }

  /** It has been made; tells whether that was when it was to be, as far as can be told at once. */
  take(expected: Expected, made: RequestEntry): void {
    const first = this.#firstBefore(expected);
    const wasMissing = expected.state === 'missing';
    expected.isInTime = !wasMissing && first === undefined;
    if (wasMissing) {
      this.#findings.late(expected, made);
    } else if (first !== undefined) {
      this.#overtaking.push({ first, tell: () => this.#findings.order(expected, made, first) });
    }
    expected.state = 'made';
    expected.made = made;
    this.#overtaking.filter((each) => each.first === expected).forEach(({ tell }) => tell());
  }

  /** What has been made, and was an answer to what comes next or to what that led to, was early. */
  tellEarly(): void {
    for (const expected of this.#expected) {
      const { made, index, concerns } = expected;
      const isAlike = (entry: TraceEntry): boolean => objectsOf(entry).some((ref) => concerns.includes(ref));
      if (made !== undefined && expected.isInTime && this.#trace.slice(this.#place, index).some(isAlike)) {
        expected.isInTime = false;
        this.#findings.early(expected, made);
      }
    }
  }

  /** What is still to be made before it. */
  #firstBefore(expected: Expected): Expected | undefined {
    return this.#expected.find((each) => each.state === 'awaited' && mustComeBefore(each, expected));
  }
}
