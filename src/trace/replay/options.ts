import { checkCallOptions, checkDuration, checkFunction } from '../../support/check-option.js';
import type { RequestEntry } from '../entries.js';

/** Options of `replay`. */
export interface ReplayOptions {
  /**
   * How much longer than in the record the application may take for what it is to do, in real milliseconds.
   * @default 2,000
   */
  readonly timeoutMs?: number | undefined;
  /** How long after the end of the record to look for requests that are not in it, in real milliseconds. @default 100 */
  readonly settleMs?: number | undefined;
  /**
   * Requests, recorded ones and those of now, that do not count, beside those that never do: what a client asks on its own
   * account, whatever only reads (GET), and what concerns applications and their subscriptions.
   */
  readonly ignore?: ((request: RequestEntry) => boolean) | undefined;
  /** Gives the replay up. */
  readonly signal?: AbortSignal | undefined;
}

export interface ReplaySettings {
  readonly timeoutMs: number;
  readonly settleMs: number;
  readonly signal: AbortSignal;
  readonly ignores: (request: RequestEntry) => boolean;
}

const known = ['timeoutMs', 'settleMs', 'ignore', 'signal'] as const satisfies readonly (keyof ReplayOptions)[];

/** @throws {AriValidationError} naming the option and what is allowed */
export function checkReplayOptions(options: ReplayOptions): ReplaySettings {
  checkCallOptions('replay', options, known);
  const { ignore, signal = new AbortController().signal } = options;
  checkFunction('ignore', ignore);
  return {
    timeoutMs: checkDuration('timeoutMs', options.timeoutMs, 2_000),
    settleMs: checkDuration('settleMs', options.settleMs, 100),
    signal,
    ignores: (request) => changesNothing(request) || ignore?.(request) === true,
  };
}

function changesNothing({ own, method, path }: RequestEntry): boolean {
  return own === true || method === 'GET' || path.startsWith('/applications');
}
