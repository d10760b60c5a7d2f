import type { Readable } from 'node:stream';
import type { AriRequest } from './request.js';
import type { Deadline } from './deadline.js';

/** How requests travel. */
export type TransportChoice = 'auto' | 'http' | 'websocket';

/** An answer of Asterisk, success or not. */
export interface AriResponse {
  readonly status: number;
  /** Media type without parameters; empty if none was named. */
  readonly contentType: string;
  /** The body, for all but binary results. */
  readonly text: string;
  /** The unread body of a binary result. */
  readonly stream?: Readable;
  /** The binary body's size in bytes, if it was told. */
  readonly size?: number | undefined;
}

/** Carries requests to Asterisk. The one seam between what is asked and how it travels. */
export interface Transport {
  /**
   * Sends one request and resolves with the answer, whatever its status.
   * @throws {AriConnectionError} if there is none; what the deadline gives, if that ends first
   */
  send(request: AriRequest, deadline: Deadline): Promise<AriResponse>;
  /** Ends pending requests and closes every connection. */
  close(): void;
}
