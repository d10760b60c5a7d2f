/** How the event connection comes back after it broke. */
export interface ReconnectOptions {
  /** Longest delay before the first attempt, in milliseconds. @default 500 */
  readonly minDelayMs?: number | undefined;
  /** Longest delay before any attempt, in milliseconds. @default 30,000 */
  readonly maxDelayMs?: number | undefined;
  /** Attempts in a row before giving up. @default Infinity */
  readonly maxAttempts?: number | undefined;
  /** How long a connection must hold, in milliseconds, before attempts are counted from one again. @default 10,000 */
  readonly stableMs?: number | undefined;
  /** The delay before attempt 1, 2, …, in milliseconds, in place of the built-in one. */
  readonly delay?: ((attempt: number) => number) | undefined;
}

export interface ReconnectPolicy {
  readonly maxAttempts: number;
  readonly stableMs: number;
  delay(attempt: number): number;
}

/** Exponential backoff with full jitter: many clients that lost the same server do not come back in one moment. */
export function reconnectPolicy(options: ReconnectOptions = {}): ReconnectPolicy {
  const { minDelayMs = 500, maxDelayMs = 30_000, maxAttempts = Infinity, stableMs = 10_000 } = options;
  const backoff = (attempt: number): number => Math.random() * Math.min(maxDelayMs, minDelayMs * 2 ** (attempt - 1));
  return { maxAttempts, stableMs, delay: options.delay ?? backoff };
}
