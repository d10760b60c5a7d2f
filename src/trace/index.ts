/** What an application and Asterisk said to each other: recorded, drawn, played again. */
export type {
  AnswerEntry,
  ConnectionEntry,
  DroppedEntry,
  EventEntry,
  GapEntry,
  ObjectKind,
  ObjectRef,
  RequestEntry,
  Trace,
  TraceEntry,
  UnknownEntry,
} from './entries.js';
export { record, type Recorder } from './recording/record.js';
export type { RecordedClient, RecordOptions } from './recording/options.js';
export { parse, stringify } from './codec.js';
export { ladder } from './ladder/ladder.js';
export type { LadderOptions } from './ladder/options.js';
export { callsOf, cutCall, type TracedCall } from './calls.js';
export { mermaid } from './mermaid.js';
export { html, type HtmlOptions } from './html/html.js';
export { traceOf } from './journal.js';
export { withLadder } from './with-ladder.js';
export { replay, type ReplayReport } from './replay/replay.js';
export type { ReplayOptions } from './replay/options.js';
export type { Difference, DifferenceKind } from './replay/difference.js';
