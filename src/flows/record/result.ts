import type { RecordingState } from '../parties.js';
import type { RecordingParams } from './options.js';
import type { Taping } from './taping.js';

/** What Asterisk has told of a recording. */
export interface RecordedFacts {
  readonly name: string;
  /** Whether it is among the stored recordings now; undefined if that was not heard. */
  readonly stored: boolean | undefined;
  /** Length in seconds, where Asterisk has told it. */
  readonly duration?: number;
  /** Seconds of it in which somebody talked, where Asterisk has told them: it does so if silence is limited. */
  readonly talkingDuration?: number;
  /** Why it failed, in Asterisk's words. */
  readonly cause?: string;
}

/** How `recordMessage` ended. */
export interface RecordMessageResult extends RecordedFacts {
  /**
   * `terminator`: by a digit. `maxDuration`, `silence`: by the limit. `noAudio`: the channel has sent no audio, not
   * even silence, for four seconds, whereupon Asterisk gives up. `stopped`: somebody else has stopped or canceled it, or
   * it ended while the event connection was lost. `failed`: Asterisk could not record; `cause` has its words.
   * `hangup`: the channel hung up, or left the application. `aborted`: by the signal. With `review`, it is of the last
   * recording, unless the review was ended by `hangup` or `aborted`; what was recorded stays stored then.
   */
  readonly reason: 'terminator' | 'maxDuration' | 'silence' | 'noAudio' | 'stopped' | 'failed' | 'hangup' | 'aborted';
  /** What was typed while it was recorded, without the terminator. */
  readonly digits: string;
  /** The digit that ended it. */
  readonly terminator?: string;
}

/**
 * @param state at its end; undefined if that was not heard
 * @param isDiscarded undefined if that is not known
 */
export function factsOf(
  name: string,
  state: RecordingState | undefined,
  isDiscarded: boolean | undefined,
): RecordedFacts {
  return {
    name,
    stored: isDiscarded === false ? state && state.state === 'done' : isDiscarded && false,
    ...(state?.duration !== undefined && { duration: state.duration }),
    ...(state?.talking_duration !== undefined && { talkingDuration: state.talking_duration }),
    ...(state?.cause !== undefined && { cause: state.cause }),
  };
}

/** How many seconds a channel may send no audio until Asterisk ends its recording, which then is like any other. */
const noAudioSeconds = 4;

/** Asterisk does not say why it has ended a recording; its lengths do. */
export function limitOf(
  { maxDurationSeconds, maxSilenceSeconds }: RecordingParams,
  taping: Pick<Taping, 'state' | 'lastedMs' | 'wasPaused'> | undefined,
): 'maxDuration' | 'silence' | 'noAudio' | 'stopped' | 'failed' {
  const state = taping?.state;
  if (taping === undefined || state === undefined || state.state === 'canceled') {
    return 'stopped';
  }
  if (state.state === 'failed') {
    return 'failed';
  }
  const { duration = 0, silence_duration = 0 } = state;
  if (maxDurationSeconds > 0 && duration >= maxDurationSeconds) {
    return 'maxDuration';
  }
  if (maxSilenceSeconds > 0 && silence_duration >= maxSilenceSeconds) {
    return 'silence';
  }
  return !taping.wasPaused && taping.lastedMs / 1_000 - duration >= noAudioSeconds ? 'noAudio' : 'stopped';
}
