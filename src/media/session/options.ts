import { guardLogger } from '../../diagnostics/guarded-logger.js';
import type { Redact } from '../../diagnostics/redact.js';
import { checkDuration, checkWhole, refuseOption } from '../../support/check-option.js';
import { checkLogger, type Logger } from '../../support/logger.js';

/** How a media connection behaves; all of it may be left out. */
export interface MediaOptions {
  /**
   * How far ahead of its time audio is sent, in milliseconds of audio, at least 40 and at most 60,000. As much is lost
   * time when what is said must change: a flush discards it, everything else waits for it. Beyond 15,000 the queue of
   * Asterisk, which holds 20 s, is filled slowly, and Asterisk holds it at 18 s.
   * @default 2,000
   */
  readonly maxAheadMs?: number | undefined;
  /** Most audio, in bytes, that may wait to be sent; a write beyond that is refused. @default 33,554,432 */
  readonly maxQueuedBytes?: number | undefined;
  /** Most audio, in milliseconds, that may wait to be read; the oldest is let go. @default 5,000 */
  readonly maxReceiveMs?: number | undefined;
  /** Time between two pings, in milliseconds; without an answer the connection is cut. 0 for none. @default 15,000 */
  readonly pingIntervalMs?: number | undefined;
  /** Receives what goes wrong where nobody listens. @default the client's, else silence */
  readonly logger?: Logger | undefined;
}

/** Checked options with their defaults. */
export interface MediaSettings {
  readonly maxAheadMs: number;
  readonly maxQueuedBytes: number;
  readonly maxReceiveMs: number;
  readonly pingIntervalMs: number;
  readonly logger: Logger;
}

/** Names of the options of every media connection. */
export const mediaOptionNames = [
  'maxAheadMs',
  'maxQueuedBytes',
  'maxReceiveMs',
  'pingIntervalMs',
  'logger',
] as const satisfies readonly (keyof MediaOptions)[];

const asItIs: Redact = (text) => text;

const leastAheadMs = 40;
const mostAheadMs = 60_000;

/**
 * @param redact takes secrets out of what is logged
 * @throws {AriValidationError} naming the option and what is allowed
 */
export function checkMediaOptions(options: MediaOptions, redact: Redact = asItIs): MediaSettings {
  const maxAheadMs = checkWhole('maxAheadMs', options.maxAheadMs, 2_000, leastAheadMs);
  if (maxAheadMs > mostAheadMs) {
    throw refuseOption('maxAheadMs', `must be at most ${mostAheadMs}`);
  }
  return {
    maxAheadMs,
    maxQueuedBytes: checkWhole('maxQueuedBytes', options.maxQueuedBytes, 33_554_432, 1),
    maxReceiveMs: checkWhole('maxReceiveMs', options.maxReceiveMs, 5_000, 20),
    pingIntervalMs: checkDuration('pingIntervalMs', options.pingIntervalMs, 15_000),
    logger: guardLogger(checkLogger(options.logger), redact),
  };
}
