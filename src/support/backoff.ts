/** Exponential backoff with full jitter: many clients that lost the same server do not come back in one moment. */
export function jitteredDelay(attempt: number, minDelayMs: number, maxDelayMs: number): number {
  return Math.random() * Math.min(maxDelayMs, minDelayMs * 2 ** (attempt - 1));
}
