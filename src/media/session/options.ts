import { guardLogger } from '../../diagnostics/guarded-logger.js';
import type { Redact } from '../../diagnostics/redact.js';
import { checkDuration, checkWhole, refuseOption } from '../../support/check-option.js';
import { checkLogger, type Logger } from '../../support/logger.js';

/** How a media connection behaves; all of it may be left out. */
export interface MediaOptions {
  /**
   * How far ahead of its time audio is sent, in milliseconds of audio, at least 40 and at most 60,000. As much is lost
   * time when what is said must change: a flush discards it, everything else waits for it. Beyond 15,000 the queue of
   * Asterisk, which holds 20 s, is filled at twice the speed of playing, and Asterisk holds it at 18 s.
   * @default 2,000
   */
  readonly maxAheadMs?: number | undefined;
  /**
   * Most audio, in bytes, that may wait to be sent; a write beyond that is refused. What `play` and `writable` are given
   * waits instead, however much it is.
   * @default 33,554,432
   */
  readonly maxQueuedBytes?: number | undefined;
  /** Most audio, in milliseconds, that may wait to be read; the oldest is let go. @default 5,000 */
  readonly maxReceiveMs?: number | undefined;
  /**
   * The same in bytes, at least 131,072: whichever bound is reached first counts. Each message counts for 256 bytes more
   * than it has, which is what it takes besides.
   * @default 4,194,304
   */
  readonly maxReceiveBytes?: number | undefined;
  /**
   * How long Asterisk may take to answer `status`, and to confirm what it should have played or taken by then, in
   * milliseconds; 0 for ever. What waits for that fails then, and what was written is discarded.
   * @default 10,000
   */
  readonly answerTimeoutMs?: number | undefined;
  /**
   * Time between two pings, in milliseconds; without an answer the connection is cut. 0 for none. AudioSocket has no
   * pings, and Asterisk sends nothing there while nobody talks to the channel: TCP is asked for a sign of life after so
   * long a silence (keep-alive), and so long nothing of what is sent may stay here.
   * @default 15,000
   */
  readonly pingIntervalMs?: number | undefined;
  /** Receives what goes wrong where nobody listens. @default the client's, else silence */
  readonly logger?: Logger | undefined;
}

/** Checked options with their defaults. */
export interface MediaSettings {
  readonly maxAheadMs: number;
  readonly maxQueuedBytes: number;
  readonly maxReceiveMs: number;
  readonly maxReceiveBytes: number;
  readonly answerTimeoutMs: number;
  readonly pingIntervalMs: number;
  readonly logger: Logger;
}

/** Names of the options of every media connection. */
export const mediaOptionNames = [
  'maxAheadMs',
  'maxQueuedBytes',
  'maxReceiveMs',
  'maxReceiveBytes',
  'answerTimeoutMs',
  'pingIntervalMs',
  'logger',
] as const satisfies readonly (keyof MediaOptions)[];

const asItIs: Redact = (text) => text;

/** In bytes: whatever comes must fit. */
export const longestMessage = 131_072;

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
    maxReceiveBytes: checkWhole('maxReceiveBytes', options.maxReceiveBytes, 4_194_304, longestMessage),
    answerTimeoutMs: checkDuration('answerTimeoutMs', options.answerTimeoutMs, 10_000),
    pingIntervalMs: checkDuration('pingIntervalMs', options.pingIntervalMs, 15_000),
    logger: guardLogger(checkLogger(options.logger), redact),
  };
}
