import type { AnswerEntry, RequestEntry, Trace } from '../entries.js';
import { expectedOf, type Expected } from './expected.js';
import { Findings } from './findings.js';
import type { IdMap } from './id-map.js';
import { Likeness } from './likeness.js';
import { Schedule } from './schedule.js';

/** A request of now. */
interface Made {
  readonly request: RequestEntry;
  readonly expected: Expected | undefined;
}

/** Holds the requests of now against the recorded ones. */
export class Comparison {
  readonly findings: Findings;
  readonly schedule: Schedule;
  /** How many requests were made as recorded. */
  matched = 0;
  readonly #likeness: Likeness;
  readonly #ignores: (request: RequestEntry) => boolean;
  readonly #expected: readonly Expected[];
  readonly #made = new Map<number, Made>();
  readonly #unmatched = new Set<RequestEntry>();

  constructor(trace: Trace, ids: IdMap, ignores: (request: RequestEntry) => boolean) {
    this.#likeness = new Likeness(ids);
    this.#ignores = ignores;
    this.#expected = expectedOf(trace).filter(({ request }) => !ignores(request));
    this.findings = new Findings(trace);
    this.schedule = new Schedule(trace, this.#expected, this.findings);
  }

  /** What was done before the replay and is not in the record does not count. */
  begin(): void {
    this.#unmatched.clear();
  }

  request(request: RequestEntry): void {
    if (this.#ignores(request)) {
      return;
    }
    const expected = this.#expectedFor(request);
    this.#made.set(request.id, { request, expected });
    if (expected === undefined) {
      this.#unmatched.add(request);
      return;
    }
    this.schedule.take(expected, request);
    this.matched += 1;
  }

  answer(answer: AnswerEntry): void {
    const { request, expected } = this.#made.get(answer.request) ?? {};
    if (request === undefined || expected === undefined) {
      return;
    }
    expected.isAnswered = true;
    const { answer: recorded } = expected;
    if (recorded === undefined) {
      return;
    }
    this.#likeness.learn(recorded.objects, answer.objects);
    if ((recorded.error === undefined) !== (answer.error === undefined)) {
      this.findings.outcome(expected, request, recorded, answer);
    }
  }

  /** Whether nothing more need be waited for: what is still due was done in another way. */
  get isSettled(): boolean {
    const made = new Set(this.#unmatched);
    return (
      this.schedule.isHeard &&
      this.schedule.due.every((expected) => {
        const counterpart = this.#counterpart(expected, made);
        return counterpart !== undefined && made.delete(counterpart);
      })
    );
  }

  /** What is due and has not been done will not be waited for any more. */
  giveUp(): void {
    for (const expected of this.schedule.due) {
      const made = this.#counterpart(expected, this.#unmatched);
      expected.state = 'missing';
      if (made === undefined) {
        this.findings.missing(expected);
      } else {
        this.#unmatched.delete(made);
        this.findings.other(expected, made, (a, b) => this.#likeness.isSameValue(a, b));
      }
    }
  }

  /** What was done and is nowhere in the record. */
  finish(): void {
    this.giveUp();
    for (const made of this.#unmatched) {
      this.findings.additional(made);
    }
  }

  /** What a request was in the record: of several calls that asked the same, of one whose turn it is. */
  #expectedFor(request: RequestEntry): Expected | undefined {
    const isIt = (each: Expected): boolean => this.#likeness.isSame(each.request, request);
    return (
      this.#expected.find((each) => each.isAdopted && this.schedule.isInTurn(each) && isIt(each)) ??
      this.#expected.find((each) => each.state !== 'made' && isIt(each))
    );
  }

  #counterpart({ request }: Expected, among: ReadonlySet<RequestEntry>): RequestEntry | undefined {
    return [...among].find((made) => this.#likeness.isCounterpart(request, made));
  }
}
