/** How often a request is repeated that may safely be repeated; each within its own time limit. */
export interface RetryOptions {
  /** Most repetitions. @default 2 */
  readonly maxRetries?: number | undefined;
  /** Longest delay before the first repetition, in milliseconds; it doubles with each. @default 100 */
  readonly minDelayMs?: number | undefined;
  /** Longest delay before any repetition, in milliseconds. @default 2,000 */
  readonly maxDelayMs?: number | undefined;
}

/** Options that every operation takes, as its last argument. */
export interface RequestOptions {
  /** Gives the request up: it then fails with {@link AriAbortError}. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Longest time from the call to the whole answer, in milliseconds; 0 for no limit.
   * @default the client's `timeoutMs` (10,000)
   */
  readonly timeoutMs?: number | undefined;
  /** How often it is repeated where that is safe; false for never. @default the client's `retry` */
  readonly retry?: RetryOptions | false | undefined;
}
