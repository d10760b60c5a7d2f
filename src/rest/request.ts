import type { Operation } from '../contract/operation.js';

/** A request ready to be sent, by whatever transport. */
export interface AriRequest {
  readonly operation: Operation;
  /** Path under `/ari`, percent-encoded: `/channels/a%2Fb/answer`. */
  readonly path: string;
  /** Query without its question mark; empty if there is none. */
  readonly query: string;
  /** JSON text. */
  readonly body: string | undefined;
}
