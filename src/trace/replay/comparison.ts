import type { AnswerEntry, ObjectRef, RequestEntry, Trace, TraceEntry } from '../entries.js';
import { exchangeOf } from '../exchange.js';
import { idOf, kindOf, objectsOf } from '../objects.js';
import { segmentsOf } from '../segments.js';
import { Belonging } from './belonging.js';
import { nameOf, outcomeOf, placeOf, unlike, type Difference } from './difference.js';
import type { IdMap } from './id-map.js';

/** A recorded request, and what has become of it. */
interface Expected {
  readonly request: RequestEntry;
  /** Its objects; of a request that names none that was there before, also the channel of the call that it was made in. */
  readonly concerns: readonly ObjectRef[];
  /** Whether only the record tells of which call it is: it may be another's that asked the same. */
  readonly isAdopted: boolean;
  readonly index: number;
  readonly answer: AnswerEntry | undefined;
  readonly answerIndex: number;
  state: 'awaited' | 'made' | 'missing';
  /** What it is now. */
  made: RequestEntry | undefined;
  /** Whether there is nothing to say of when it was made. */
  isInTime: boolean;
  isAnswered: boolean;
}

/** A request of now. */
interface Made {
  readonly request: RequestEntry;
  expected: Expected | undefined;
}

/** So long an application must have been idle for what it does next to be an answer to what came then, in milliseconds. */
const idleMs = 20;

/** Holds the requests of now against the recorded ones. */
export class Comparison {
  readonly differences: Difference[] = [];
  /** How many requests were made as recorded. */
  matched = 0;
  readonly #trace: Trace;
  readonly #ids: IdMap;
  readonly #ignores: (request: RequestEntry) => boolean;
  readonly #expected: Expected[];
  readonly #made = new Map<number, Made>();
  readonly #unmatched = new Set<Made>();
  /** What came before something that it should have waited for; that may yet come, or turn out missing. */
  readonly #overtaking: { readonly first: Expected; readonly difference: Difference }[] = [];
  /** Until here the record has been played. */
  #place = 0;

  constructor(trace: Trace, ids: IdMap, ignores: (request: RequestEntry) => boolean) {
    this.#trace = trace;
    this.#ids = ids;
    this.#ignores = ignores;
    this.#expected = expectedOf(trace).filter(({ request }) => !ignores(request));
  }

  /** What is about to be played comes next; what was recorded before it is due. */
  reach(place: number): void {
    this.#place = place;
  }

  /** Whether the application was idle before what comes next, which is then what it has waited for. */
  get isAwaited(): boolean {
    const [before, cause] = [this.#trace[this.#place - 1], this.#trace[this.#place]];
    return (cause?.at ?? 0) - (before?.at ?? 0) >= idleMs;
  }

  /** What has been made, and was an answer to what comes next or to what that led to, was early. */
  tellEarly(): void {
    for (const expected of this.#expected) {
      const { made, index, concerns, request: recorded } = expected;
      const isAlike = (entry: TraceEntry): boolean => objectsOf(entry).some((ref) => concerns.includes(ref));
      if (made !== undefined && expected.isInTime && this.#trace.slice(this.#place, index).some(isAlike)) {
        expected.isInTime = false;
        const text = `${nameOf(made)}, recorded ${placeOf(this.#trace, index)}`;
        this.#tell({ kind: 'early', text, recorded, made });
      }
    }
  }

  /** Whether nothing more need be waited for: what is still due was done in another way. */
  get isSettled(): boolean {
    const made = new Set(this.#unmatched);
    const isHeard = this.#expected.every(
      ({ state, isAnswered, answerIndex }) =>
        state !== 'made' || isAnswered || answerIndex < 0 || answerIndex >= this.#place,
    );
    return (
      isHeard &&
      this.#due().every((expected) => {
        const counterpart = [...made].find((each) => this.#isCounterpart(expected, each));
        return counterpart !== undefined && made.delete(counterpart);
      })
    );
  }

  /** How long the application had in the record for what is due, in milliseconds. */
  get recordedMs(): number {
    const due = this.#due();
    const before = (index: number): number => this.#trace[index - 1]?.at ?? this.#trace[index]?.at ?? 0;
    return due.reduce((most, { request, index }) => Math.max(most, request.at - before(index)), 0);
  }

  /** What is due and has not been done will not be waited for any more. */
  giveUp(): void {
    for (const expected of this.#due()) {
      const made = [...this.#unmatched].find((each) => this.#isCounterpart(expected, each));
      const { request: recorded, index } = expected;
      expected.state = 'missing';
      if (made === undefined) {
        this.#tell({ kind: 'missing', text: `${nameOf(recorded)}, ${placeOf(this.#trace, index)}`, recorded });
      } else {
        this.#unmatched.delete(made);
        const what = unlike(recorded, made.request, (a, b) => this.#ids.matches(a, b));
        const text = `${nameOf(made.request)}: ${what}, ${placeOf(this.#trace, index)}`;
        this.#tell({ kind: 'other', text, recorded, made: made.request });
      }
    }
  }

  /** What was done and is nowhere in the record. */
  finish(): void {
    this.giveUp();
    for (const { request: made } of this.#unmatched) {
      this.#tell({ kind: 'additional', text: nameOf(made), made });
    }
  }

  /** What was done before the replay and is not in the record does not count. */
  begin(): void {
    this.#unmatched.clear();
  }

  tellOutside(text: string, recorded: Difference['recorded']): void {
    this.#tell({ kind: 'outside', text, ...(recorded === undefined ? {} : { recorded }) });
  }

  request(request: RequestEntry): void {
    if (this.#ignores(request)) {
      return;
    }
    const made: Made = { request, expected: undefined };
    this.#made.set(request.id, made);
    const expected = this.#expectedFor(request);
    if (expected === undefined) {
      this.#unmatched.add(made);
      return;
    }
    made.expected = expected;
    this.#judge(expected, request);
    expected.state = 'made';
    expected.made = request;
    this.matched += 1;
    this.#overtaking.filter(({ first }) => first === expected).forEach(({ difference }) => this.#tell(difference));
  }

  answer(answer: AnswerEntry): void {
    const made = this.#made.get(answer.request);
    const recorded = made?.expected?.answer;
    if (made?.expected !== undefined) {
      made.expected.isAnswered = true;
    }
    if (made === undefined || recorded === undefined) {
      return;
    }
    this.#learn(recorded.objects, answer.objects);
    if ((recorded.error === undefined) !== (answer.error === undefined)) {
      const text = `${nameOf(made.request)}: ${outcomeOf(answer)} instead of ${outcomeOf(recorded)}`;
      this.#tell({ kind: 'outcome', text, recorded: made.expected?.request ?? made.request, made: made.request });
    }
  }

  #due(): Expected[] {
    return this.#expected.filter(({ state, index }) => state === 'awaited' && index < this.#place);
  }

  /** What a request was in the record: of several calls that asked the same, of one whose turn it is. */
  #expectedFor(request: RequestEntry): Expected | undefined {
    const isInTurn = (each: Expected): boolean => each.state === 'awaited' && this.#firstBefore(each) === undefined;
    return (
      this.#expected.find((each) => each.isAdopted && isInTurn(each) && this.#isSame(each.request, request)) ??
      this.#expected.find((each) => each.state !== 'made' && this.#isSame(each.request, request))
    );
  }

  /** Whether it was made when it was to be made, as far as can be told at once. */
  #judge(expected: Expected, made: RequestEntry): void {
    const { request: recorded, index, state } = expected;
    const first = this.#firstBefore(expected);
    expected.isInTime = state !== 'missing' && first === undefined;
    if (state === 'missing') {
      this.#forgetMissing(recorded);
      const text = `${nameOf(made)}, recorded ${placeOf(this.#trace, index)}`;
      this.#tell({ kind: 'late', text, recorded, made });
    } else if (first !== undefined) {
      const text = `${nameOf(made)} before ${nameOf(first.request)}`;
      this.#overtaking.push({ first, difference: { kind: 'order', text, recorded, made } });
    }
  }

  /** What is still to be made before it. */
  #firstBefore(expected: Expected): Expected | undefined {
    return this.#expected.find((each) => each.state === 'awaited' && mustComeBefore(each, expected));
  }

  #isSame(recorded: RequestEntry, made: RequestEntry): boolean {
    return (
      recorded.method === made.method &&
      this.#ids.matches([segmentsOf(recorded.path), recorded.params], [segmentsOf(made.path), made.params])
    );
  }

  /** Whether one is done in place of the other: the same with the same objects. */
  #isCounterpart({ request: recorded }: Expected, { request: made }: Made): boolean {
    const [one, other] = [segmentsOf(recorded.path), segmentsOf(made.path)];
    return (
      recorded.method === made.method &&
      one.length === other.length &&
      one.every((part, at) => part === other[at] || this.#ids.get(part) === other[at])
    );
  }

  /** Ids that Asterisk has given out. */
  #learn(recorded: readonly ObjectRef[], made: readonly ObjectRef[]): void {
    for (const kind of ['channel', 'bridge', 'playback', 'recording'] as const) {
      const theirs = recorded.filter((ref) => kindOf(ref) === kind).map(idOf);
      const mine = made.filter((ref) => kindOf(ref) === kind).map(idOf);
      if (theirs.length === mine.length) {
        theirs.forEach((id, at) => this.#ids.bind(id, mine[at] ?? ''));
      }
    }
  }

  #forgetMissing(recorded: RequestEntry): void {
    const at = this.differences.findIndex((each) => each.kind === 'missing' && each.recorded === recorded);
    if (at >= 0) {
      this.differences.splice(at, 1);
    }
  }

  #tell(difference: Difference): void {
    this.differences.push(difference);
  }
}

function expectedOf(trace: Trace): Expected[] {
  const belonging = new Belonging(trace);
  const answers = new Map(
    trace.flatMap((entry, index) => (entry.kind === 'answer' ? [[exchangeOf(entry), { entry, index }] as const] : [])),
  );
  return trace.flatMap((entry, index) => {
    if (entry.kind !== 'request') {
      return [];
    }
    const answer = answers.get(exchangeOf(entry));
    const call = belonging.callOf(entry, index, answer?.entry);
    return [
      {
        request: entry,
        concerns: call === undefined ? entry.objects : [...entry.objects, call],
        isAdopted: call !== undefined,
        index,
        answer: answer?.entry,
        answerIndex: answer?.index ?? -1,
        state: 'awaited' as const,
        made: undefined,
        isInTime: true,
        isAnswered: false,
      },
    ];
  });
}

/** What has been answered before another was made, for the same object or in the same call, the other may have waited for. */
function mustComeBefore(one: Expected, other: Expected): boolean {
  const isBefore = one.answerIndex >= 0 && one.answerIndex < other.index;
  return isBefore && one.concerns.some((ref) => other.concerns.includes(ref));
}
