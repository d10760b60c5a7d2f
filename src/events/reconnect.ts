import { checkDuration, checkNames, checkWhole, longestMs, refuseOption } from '../support/check-option.js';
import { jitteredDelay } from '../support/backoff.js';
import { describe } from '../support/describe.js';
import { watchOutcome } from '../support/watch-outcome.js';

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
  /** The delay before attempt 1, 2, …, in milliseconds, in place of the built-in one. `error` is why it broke. */
  readonly delay?: ((attempt: number, error: Error) => number) | undefined;
}

export interface ReconnectPolicy {
  readonly maxAttempts: number;
  readonly stableMs: number;
  delay(attempt: number, error: Error): number;
}

const known = [
  'minDelayMs',
  'maxDelayMs',
  'maxAttempts',
  'stableMs',
  'delay',
] as const satisfies readonly (keyof ReconnectOptions)[];

/** @throws {AriValidationError} naming the option and what is allowed */
export function reconnectPolicy(options: ReconnectOptions = {}): ReconnectPolicy {
  checkNames('reconnect', options, known);
  const minDelayMs = checkDuration('reconnect.minDelayMs', options.minDelayMs, 500);
  const maxDelayMs = checkDuration('reconnect.maxDelayMs', options.maxDelayMs, 30_000);
  const stableMs = checkDuration('reconnect.stableMs', options.stableMs, 10_000);
  const { maxAttempts = Infinity, delay } = options;
  if (maxAttempts !== Infinity) {
    checkWhole('reconnect.maxAttempts', maxAttempts, 0, 0);
  }
  if (delay !== undefined && typeof delay !== 'function') {
    throw refuseOption('reconnect.delay', `must be a function, not ${describe(delay)}`);
  }
  const builtIn = (attempt: number): number => jitteredDelay(attempt, minDelayMs, maxDelayMs);
  return {
    maxAttempts,
    stableMs,
    delay: (attempt, error) => usable(delay, attempt, error) ?? builtIn(attempt),
  };
}

/** A hook that throws, now or later, or returns nonsense must not make us hammer the server, nor end the loop. */
function usable(hook: ReconnectOptions['delay'], attempt: number, error: Error): number | undefined {
  try {
    const delayMs: unknown = hook?.(attempt, error);
    watchOutcome(delayMs, () => undefined);
    return typeof delayMs === 'number' && delayMs >= 0 ? Math.min(delayMs, longestMs) : undefined;
  } catch {
    return undefined;
  }
}
