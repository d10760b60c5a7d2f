import type { RetryOptions } from '../contract/request-options.js';
import { checkDuration, checkNames, checkWhole } from '../support/check-option.js';

export interface RetryPolicy {
  readonly maxRetries: number;
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
}

const known = ['maxRetries', 'minDelayMs', 'maxDelayMs'] as const satisfies readonly (keyof RetryOptions)[];

const noRetries: RetryPolicy = { maxRetries: 0, minDelayMs: 0, maxDelayMs: 0 };

/** @throws {AriValidationError} naming the option and what is allowed */
export function retryPolicy(
  options: RetryOptions | false = {},
  byDefault: RetryPolicy = { maxRetries: 2, minDelayMs: 100, maxDelayMs: 2_000 },
): RetryPolicy {
  if (options === false) {
    return noRetries;
  }
  checkNames('retry', options, known);
  return {
    maxRetries: checkWhole('retry.maxRetries', options.maxRetries, byDefault.maxRetries, 0),
    minDelayMs: checkDuration('retry.minDelayMs', options.minDelayMs, byDefault.minDelayMs),
    maxDelayMs: checkDuration('retry.maxDelayMs', options.maxDelayMs, byDefault.maxDelayMs),
  };
}
