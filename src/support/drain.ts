import { checkCallOptions, checkDuration } from './check-option.js';

/** How `drain` ends. */
export interface DrainOptions {
  /** How long calls may still take, in milliseconds; 0 for no time at all. @default 30,000 */
  readonly timeoutMs?: number | undefined;
}

/** How long calls may still take, in milliseconds. @throws {AriValidationError} */
export function checkDrain(options: DrainOptions): number {
  checkCallOptions('drain', options, ['timeoutMs'] satisfies (keyof DrainOptions)[]);
  return checkDuration('timeoutMs', options.timeoutMs, 30_000);
}
