import { channel } from 'node:diagnostics_channel';
import type { StateChange } from '../contract/connection-state.js';
import type { GapNotice } from '../contract/notices.js';
import type { Redact } from './redact.js';

/** The client that something is told of. */
export interface ToldClient {
  /** Its own within the process: `ari-1`. */
  readonly name: string;
  /** Takes its credentials out of a text. */
  readonly redact: Redact;
}

/** Where it happened that is told. */
export interface MessageSource {
  /** The same object in all messages of one client. */
  readonly client: ToldClient;
  /** `pbx:8088` */
  readonly server: string;
}

/** What is told about one request; the same object at its start and at its end. */
export interface RequestMessage extends MessageSource {
  /** `channels.answer` */
  readonly operation: string;
  readonly method: string;
  /** Path under `/ari`, without its query. */
  readonly path: string;
  /** The path's template: `/channels/{channelId}/answer`. */
  readonly route: string;
  /** Query without its question mark; empty if there is none. */
  readonly query: string;
  /** JSON text of the body, if there is one. It may hold what a log should not: variables, settings of modules. */
  readonly body: string | undefined;
  /** The client asks on its own account, for instance to restore subscriptions. */
  readonly own: boolean;
  /** How often it was sent; more than once after safe retries. */
  attempts: number;
  /** At its end: status of the answer, if there was one. */
  status?: number;
  /** At its end: text of the answer, if there was one; empty for files. Others may have a hand in it: `client.redact`. */
  answer?: string;
  /** At its end, unless it succeeded: what the caller is thrown. */
  error?: unknown;
}

/** What is told about one event that came over the event connection. */
export interface EventMessage extends MessageSource {
  /** The event's JSON text, as Asterisk sent it. */
  readonly event: string;
}

/** What is told about the event connection. */
export interface ConnectionMessage extends StateChange, MessageSource {
  readonly apps: readonly string[];
}

/** What is told once an interruption of the event connection has been made up for. */
export interface GapMessage extends GapNotice, MessageSource {}

/** A request was called, by the application or by the client for itself. */
export const requestStart = channel('asterisk-ari:request:start');
/** The request has succeeded. */
export const requestEnd = channel('asterisk-ari:request:end');
/** The request has failed. */
export const requestError = channel('asterisk-ari:request:error');
/** An event has come; before any listener is called. */
export const eventReceived = channel('asterisk-ari:event');
/** The event connection's state has changed. */
export const connectionChanged = channel('asterisk-ari:connection');
/** The event connection was interrupted and is open again, and it is known what is left. */
export const gapSettled = channel('asterisk-ari:gap');
