import type { Credentials } from './credentials.js';

/** An Asterisk that answers, and what can be done with it. */
export interface RunningAsterisk extends Credentials {
  /** Where it answers, without a slash at the end and without `/ari`. */
  url: string;
  /** The version that Asterisk reports: `22.10.1`, perhaps with an addition of the distribution. */
  version: string;
  /** A user who may only read. Absent for an Asterisk named by `ARI_URL`. */
  readOnly?: Credentials;
  /** Its log file. Absent for an Asterisk named by `ARI_URL`. */
  log?: string;
  /** Its process id when this was made. Absent for an Asterisk named by `ARI_URL`. */
  pid?: number;
  /** Whether it was running before it was asked for: then whoever started it may want to keep it. */
  reused: boolean;
  /** Ends it in an orderly way. Does nothing to an Asterisk named by `ARI_URL`. */
  stop(): Promise<void>;
}
