import { channel } from 'node:diagnostics_channel';
import type { StateChange } from '../contract/connection-state.js';

/** What is told about one request; the same object at its start and at its end. */
export interface RequestMessage {
  /** `channels.answer` */
  readonly operation: string;
  readonly method: string;
  /** Path under `/ari`, without its query. */
  readonly path: string;
  /** `pbx:8088` */
  readonly server: string;
  /** How often it was sent; more than once after safe retries. */
  attempts: number;
  /** At its end: status of the answer, if there was one. */
  status?: number;
  /** At its end, unless it succeeded: what the caller is thrown. */
  error?: unknown;
}

/** What is told about one event that came over the event connection. */
export interface EventMessage {
  readonly server: string;
  /** The event's JSON text, as Asterisk sent it. */
  readonly event: string;
}

/** What is told about the event connection. */
export interface ConnectionMessage extends StateChange {
  readonly server: string;
  readonly apps: readonly string[];
}

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
