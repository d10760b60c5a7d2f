import type { AnswerEntry, RequestEntry, Trace, TraceEntry } from '../entries.js';
import { exchangeOf } from '../exchange.js';
import type { Lanes } from './lanes.js';
import { wordsOfAnswer, wordsOfConnection, wordsOfEvent, wordsOfGap, wordsOfRequest } from './words.js';

/** One row of a picture. */
export type Step = ArrowStep | NoteStep;

interface Row {
  /** What it is drawn from; an answer that follows at once stands with its request. */
  readonly entries: readonly TraceEntry[];
  readonly at: number;
  readonly text: string;
  readonly tone: 'request' | 'answer' | 'failure' | 'event' | 'trouble' | 'notice';
}

/** Somebody says something to somebody. Lanes are told by their index. */
export interface ArrowStep extends Row {
  readonly kind: 'arrow';
  readonly from: number;
  readonly to: number;
  /** Lanes of others whom it is about. */
  readonly about: readonly number[];
  /** What came of it at once. */
  readonly outcome: string | undefined;
}

/** Something about the whole: across all lanes. */
export interface NoteStep extends Row {
  readonly kind: 'note';
}

/** What is drawn of a trace, row by row. */
export function stepsOf(trace: Trace, lanes: Lanes): Step[] {
  const requests = new Map(
    trace.flatMap((entry) => (entry.kind === 'request' ? [[exchangeOf(entry), entry] as const] : [])),
  );
  const steps: Step[] = [];
  for (const [index, entry] of trace.entries()) {
    const next = trace[index + 1];
    const previous = trace[index - 1];
    if (entry.kind === 'request') {
      steps.push(requestStep(entry, next?.kind === 'answer' && isOf(next, entry) ? next : undefined, lanes));
    } else if (entry.kind === 'answer') {
      if (previous?.kind !== 'request' || !isOf(entry, previous)) {
        steps.push(answerStep(entry, requests.get(exchangeOf(entry)), lanes));
      }
    } else {
      steps.push(otherStep(entry, lanes));
    }
  }
  return steps;
}

function requestStep(request: RequestEntry, answer: AnswerEntry | undefined, lanes: Lanes): ArrowStep {
  const [to, ...about] = lanes.of(request.objects, chiefOf(request.operation));
  return {
    kind: 'arrow',
    entries: answer === undefined ? [request] : [request, answer],
    at: request.at,
    text: wordsOfRequest(request),
    tone: answer?.error === undefined ? 'request' : 'failure',
    from: lanes.client(request.client),
    to,
    about,
    outcome: answer === undefined ? undefined : wordsOfAnswer(answer),
  };
}

function answerStep(answer: AnswerEntry, request: RequestEntry | undefined, lanes: Lanes): ArrowStep {
  const [from] = lanes.of(request?.objects ?? answer.objects, chiefOf(request?.operation ?? ''));
  const what = request === undefined ? 'answer' : wordsOfRequest(request);
  return {
    kind: 'arrow',
    entries: [answer],
    at: answer.at,
    text: `${wordsOfAnswer(answer)} (${what})`,
    tone: answer.error === undefined ? 'answer' : 'failure',
    from,
    to: lanes.client(answer.client),
    about: [],
    outcome: undefined,
  };
}

function otherStep(entry: Exclude<TraceEntry, RequestEntry | AnswerEntry>, lanes: Lanes): Step {
  const { at } = entry;
  const row = { entries: [entry], at };
  switch (entry.kind) {
    case 'event': {
      const [from, ...about] = lanes.of(entry.objects, chiefOf(entry.type));
      const to = lanes.client(entry.client);
      return { kind: 'arrow', ...row, text: wordsOfEvent(entry), tone: 'event', from, to, about, outcome: undefined };
    }
    case 'connection': {
      const isTrouble = entry.error !== undefined || entry.state === 'reconnecting' || entry.state === 'replaced';
      return { kind: 'note', ...row, text: wordsOfConnection(entry), tone: isTrouble ? 'trouble' : 'notice' };
    }
    case 'gap':
      return { kind: 'note', ...row, text: wordsOfGap(entry), tone: 'trouble' };
    case 'dropped':
      return { kind: 'note', ...row, text: `${entry.count} entries before this had to go`, tone: 'trouble' };
    case 'unknown':
      return {
        kind: 'note',
        ...row,
        text: `an entry of a later version: ${String(entry.data['kind'])}`,
        tone: 'notice',
      };
  }
}

/** What an operation or an event is about first, if both a bridge and channels are named. */
function chiefOf(name: string): 'channel' | 'bridge' {
  return /^bridge/i.test(name) ? 'bridge' : 'channel';
}

function isOf(answer: AnswerEntry, request: RequestEntry): boolean {
  return exchangeOf(answer) === exchangeOf(request);
}
