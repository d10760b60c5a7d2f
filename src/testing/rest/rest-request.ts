import type { Credentials } from './users.js';

/** A REST request, whichever way it came. */
export interface RestRequest {
  readonly transport: 'http' | 'websocket';
  readonly method: string;
  /** Below `/ari/`, still percent-encoded. */
  readonly path: string;
  /** Form fields, then the query. */
  readonly pairs: readonly (readonly [string, string])[];
  /** The parsed JSON body, if there is one. */
  readonly body: unknown;
  readonly credentials: Credentials;
  readonly host: string;
  /** It asks for a WebSocket. */
  readonly upgrade: boolean;
}
