import type { AriRequest } from './request.js';
import type { Deadline } from './deadline.js';
import type { AriResponse } from './transport.js';

/** Header names, in lower case, and values. */
export type Headers = Record<string, string>;

/** One way to ask an HTTP server once. */
export interface HttpExchange {
  /**
   * Resolves with the answer; rejects with whatever went wrong. Gives up when the deadline ends.
   * @param target path and query, as they go on the wire
   */
  ask(request: AriRequest, target: string, headers: Headers, deadline: Deadline): Promise<AriResponse>;
}
