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
