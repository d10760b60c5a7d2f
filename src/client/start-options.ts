/** Options of `start`. */
export interface StartOptions {
  /** Receive the events of everything in Asterisk, not only of what is in the applications. @default false */
  readonly subscribeAll?: boolean | undefined;
  /** Gives the opening up; of `run`, ends it. */
  readonly signal?: AbortSignal | undefined;
}
