import type { ConnectionState } from '../contract/connection-state.js';
import type { ObjectIds } from '../contract/notices.js';

/** Kinds of objects that entries are found by. */
export type ObjectKind = 'channel' | 'bridge' | 'playback' | 'recording';

/** An object, as ARI writes it where it names one: `channel:1764291312.7`, `recording:greeting`. */
export type ObjectRef = `${ObjectKind}:${string}`;

interface Entry {
  /** Counts the entries of a recorder, from 1. */
  readonly seq: number;
  /** When, in milliseconds since 1970, with fractions. */
  readonly at: number;
  /** Short name of the client; empty for what concerns none. */
  readonly client: string;
}

/** A request was called, by the application or by its client for itself. */
export interface RequestEntry extends Entry {
  readonly kind: 'request';
  /** Its answer names it by this. */
  readonly id: number;
  /** `channels.answer` */
  readonly operation: string;
  readonly method: string;
  /** Path under `/ari`, without its query. */
  readonly path: string;
  /** What was asked for, by ARI's names: of the path, of the query and of the body. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly objects: readonly ObjectRef[];
  /** The client asked on its own account, for instance to restore subscriptions. */
  readonly own?: boolean;
}

/** A request is over: with an answer, or without one. */
export interface AnswerEntry extends Entry {
  readonly kind: 'answer';
  /** Id of the request. */
  readonly request: number;
  /** Missing where there was no answer. */
  readonly status?: number;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** How often the request was sent; more than once after safe repetitions, 0 if it was never sent. */
  readonly attempts: number;
  /** What the caller was thrown, unless it succeeded. */
  readonly error?: string;
  /** JSON of the answer, if it had any. */
  readonly body?: unknown;
  /** Those of the request, and what the answer says was made. */
  readonly objects: readonly ObjectRef[];
}

/** An event has come. */
export interface EventEntry extends Entry {
  readonly kind: 'event';
  readonly type: string;
  /** Whom it was sent to; empty if it does not say. */
  readonly application: string;
  /** As Asterisk sent it. */
  readonly event: Readonly<Record<string, unknown>>;
  readonly objects: readonly ObjectRef[];
}

/** The event connection's state has changed. */
export interface ConnectionEntry extends Entry {
  readonly kind: 'connection';
  readonly state: ConnectionState;
  readonly previous: ConnectionState;
  readonly apps: readonly string[];
  /** `pbx:8088` */
  readonly server: string;
  /** While reconnecting: which attempt it is, from 1. */
  readonly attempt?: number;
  /** While reconnecting: how long until the attempt, in milliseconds. */
  readonly delayMs?: number;
  /** Why the connection broke, was given up or taken over. */
  readonly error?: string;
}

/** The event connection was interrupted and is open again: what happened meanwhile was not heard. */
export interface GapEntry extends Entry {
  readonly kind: 'gap';
  readonly durationMs: number;
  /** Ended meanwhile, of what was listened to. */
  readonly gone: ObjectIds;
  /** Still there, or nobody knows. */
  readonly left: ObjectIds;
}

/** So many entries before this place were let go. */
export interface DroppedEntry extends Entry {
  readonly kind: 'dropped';
  readonly count: number;
}

/** An entry of a kind that a later version has written; it is saved again as it was. */
export interface UnknownEntry extends Entry {
  readonly kind: 'unknown';
  readonly data: Readonly<Record<string, unknown>>;
}

/** One line of a trace. */
export type TraceEntry =
  | RequestEntry
  | AnswerEntry
  | EventEntry
  | ConnectionEntry
  | GapEntry
  | DroppedEntry
  | UnknownEntry;

/** What an application and Asterisk said to each other, in its order. */
export type Trace = readonly TraceEntry[];
