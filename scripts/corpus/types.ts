/** JSON as it was read. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** An answer of Asterisk to one operation. Without a body where it had none. */
export interface Answer {
  readonly operation: string;
  readonly status: number;
  readonly body?: Json;
}

/** What a run has heard: frames of the event connection as parsed, and answers. */
export interface Heard {
  readonly events: readonly Json[];
  readonly answers: readonly Answer[];
}
