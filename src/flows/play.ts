import { checkDuration, checkFlag, checkGivenOptions, checkWhole } from '../support/check-option.js';
import type { Subscription } from '../contract/subscription.js';
import { checkDigits, checkMedia, checkOptionalText, checkParty } from './check.js';
import { DigitBuffer } from './digits.js';
import type { FlowChannel } from './parties.js';
import { Playing, type Media } from './playing.js';
import { runFlow } from './run-flow.js';
import { Watch } from './watch.js';

/** Options of {@link play}. */
export interface PlayOptions {
  /** What to play: media URIs, one after another in one playback. */
  readonly media: Media;
  /** Language of the sounds, such as `en`. @default that of the channel */
  readonly lang?: string | undefined;
  /** Milliseconds to leave out at the beginning of the first item. @default 0 */
  readonly offsetms?: number | undefined;
  /** How often all of it is played. @default 1 */
  readonly times?: number | undefined;
  /** Milliseconds of silence before it is played again. @default 0 */
  readonly pauseMs?: number | undefined;
  /** The digits that stop it. Others are ignored. @default none */
  readonly stopDigits?: string | undefined;
  /** Somebody who begins to talk stops it. The channel's `TALK_DETECT` must be set. @default false */
  readonly stopOnTalking?: boolean | undefined;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
}

/** How {@link play} ended. */
export interface PlayResult {
  /**
   * `finished`: it was heard to its end. `stopped`: by a digit, or by talking. `failed`: Asterisk could not play it.
   * `hangup`: the channel hung up, or left the application. `aborted`: by the signal.
   */
  readonly outcome: 'finished' | 'stopped' | 'failed' | 'hangup' | 'aborted';
  /** How often it was played to its end. */
  readonly times: number;
  /** What stopped it: the digit, or `talking`. */
  readonly stoppedBy?: string;
  /** The medium that could not be played. Of several in a playback, Asterisk tells of the last one only. */
  readonly failedMedia?: string;
}

const known = [
  'media',
  'lang',
  'offsetms',
  'times',
  'pauseMs',
  'stopDigits',
  'stopOnTalking',
  'signal',
] as const satisfies readonly (keyof PlayOptions)[];

/**
 * Plays media to a channel and waits until they have been heard, or what else ended them. Nothing plays any more when it
 * settles, and no listener is left.
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests throw
 */
export async function play(channel: FlowChannel, options: PlayOptions): Promise<PlayResult> {
  return runFlow('play', () => playUntilOver(channel, options));
}

async function playUntilOver(channel: FlowChannel, options: PlayOptions): Promise<PlayResult> {
  checkParty('play', 'channel', channel, ['on', 'waitFor', 'play', 'get']);
  checkGivenOptions('play', options, known);
  const { offsetms, signal } = options;
  const params = {
    media: checkMedia('media', options.media),
    lang: checkOptionalText('lang', options.lang),
    offsetms: offsetms === undefined ? undefined : checkDuration('offsetms', offsetms, 0),
  };
  const times = checkWhole('times', options.times, 1, 1);
  const pauseMs = checkDuration('pauseMs', options.pauseMs, 0);
  const stopDigits = checkDigits('stopDigits', options.stopDigits, '');
  const stopOnTalking = checkFlag('stopOnTalking', options.stopOnTalking, false);

  const watch = new Watch(channel, signal);
  const stop = new StopWatch(channel, watch, stopDigits, stopOnTalking);
  try {
    for (let played = 0; ;) {
      const result = await playOnce(channel, params, watch, stop);
      played += result.outcome === 'finished' ? 1 : 0;
      if (result.outcome !== 'finished' || played === times) {
        return { ...result, times: played };
      }
      const resume = performance.now() + pauseMs;
      while (verdict(watch, stop) === undefined && performance.now() < resume) {
        await watch.change(resume);
      }
    }
  } finally {
    stop.close();
    watch.close();
  }
}

type Ended = Omit<PlayResult, 'times'>;

async function playOnce(
  channel: FlowChannel,
  params: Parameters<typeof Playing.start>[1],
  watch: Watch,
  stop: StopWatch,
): Promise<Ended> {
  const before = verdict(watch, stop);
  const playing = before === undefined ? await Playing.start(channel, params, watch) : undefined;
  try {
    for (;;) {
      const ended = verdict(watch, stop) ?? (playing?.end === undefined ? undefined : await outcomeOf(playing, watch));
      if (ended !== undefined) {
        return ended;
      }
      await watch.change();
    }
  } finally {
    await playing?.stop();
  }
}

/** What ends it before its time. */
function verdict(watch: Watch, stop: StopWatch): Ended | undefined {
  if (watch.ending !== undefined) {
    return { outcome: watch.ending };
  }
  return stop.stoppedBy === undefined ? undefined : { outcome: 'stopped', stoppedBy: stop.stoppedBy };
}

async function outcomeOf(playing: Playing, watch: Watch): Promise<Ended> {
  // It may have ended with the call while nobody could hear that.
  await watch.certain();
  if (playing.end === 'finished') {
    return { outcome: watch.ending ?? 'finished' };
  }
  if (await watch.isHangup()) {
    return { outcome: 'hangup' };
  }
  const { failedMedia } = playing;
  return { outcome: 'failed', ...(failedMedia !== undefined && { failedMedia }) };
}

/** Listens for what stops a playback. */
class StopWatch {
  readonly #digits: DigitBuffer | undefined;
  readonly #talking: Subscription | undefined;
  readonly #stopDigits: string;
  #stoppedBy: string | undefined;

  constructor(channel: FlowChannel, watch: Watch, stopDigits: string, onTalking: boolean) {
    this.#stopDigits = stopDigits;
    if (stopDigits !== '') {
      this.#digits = new DigitBuffer(channel);
      this.#digits.onDigit = () => watch.notify();
    }
    if (onTalking) {
      this.#talking = channel.on('ChannelTalkingStarted', () => {
        this.#stoppedBy ??= 'talking';
        watch.notify();
      });
    }
  }

  get stoppedBy(): string | undefined {
    this.#stoppedBy ??= [...(this.#digits?.flush() ?? '')].find((digit) => this.#stopDigits.includes(digit));
    return this.#stoppedBy;
  }

  close(): void {
    this.#digits?.close();
    this.#talking?.close();
  }
}
