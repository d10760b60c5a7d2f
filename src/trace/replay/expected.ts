import type { AnswerEntry, ObjectRef, RequestEntry, Trace } from '../entries.js';
import { exchangeOf } from '../exchange.js';
import { Belonging } from './belonging.js';

/** A recorded request, and what has become of it. */
export interface Expected {
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

/** The requests of a record, in their order. */
export function expectedOf(trace: Trace): Expected[] {
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
export function mustComeBefore(one: Expected, other: Expected): boolean {
  const isBefore = one.answerIndex >= 0 && one.answerIndex < other.index;
  return isBefore && one.concerns.some((ref) => other.concerns.includes(ref));
}
