import { checkGivenOptions } from '../../support/check-option.js';
import { checkMedia, checkOptionalText } from '../check.js';
import type { FlowPlayback, FlowRecording } from '../parties.js';
import { Playing, type Media } from '../playing.js';
import { beep } from '../record/beep.js';
import { checkRecording, recordingOptions, type RecordingOptions } from '../record/options.js';
import { factsOf, limitOf, type RecordedFacts } from '../record/result.js';
import { isStored } from '../record/stored.js';
import { Taping } from '../record/taping.js';
import { unlessDestroyed, type SharedBridge } from '../shared-bridge.js';
import { graceMs, Watch } from '../watch.js';
import type { ConferenceBridge, ConferenceClient } from './parties.js';

/** Options of {@link Conference.announce}. */
export interface AnnounceOptions {
  /** What to play: media URIs, one after another. */
  readonly media: Media;
  /** Language of the sounds, such as `en`. @default that of the bridge */
  readonly lang?: string | undefined;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
}

/** How {@link Conference.announce} ended; `ended`: nobody is in the conference, or none is left. */
export interface AnnounceResult {
  readonly outcome: 'finished' | 'failed' | 'ended' | 'aborted';
  /** The medium that could not be played. */
  readonly failedMedia?: string;
}

/** How {@link Conference.record} ended. */
export interface ConferenceRecording extends RecordedFacts {
  /**
   * `ended`: nobody is in the conference, or none is left. `maxDuration`, `silence`: by the limit. `noAudio`: nothing
   * was heard, not even silence, for four seconds. `stopped`: somebody else has stopped it. `failed`: Asterisk could not record. `aborted`: by the signal.
   */
  readonly reason: 'ended' | 'maxDuration' | 'silence' | 'noAudio' | 'stopped' | 'failed' | 'aborted';
}

type RecordingRules = ReturnType<typeof checkRecording>;

/** What is played to all in a conference, and recorded of them, until nobody is in it any more. */
export class ConferenceAudio {
  readonly #client: ConferenceClient;
  readonly #bridge: SharedBridge<ConferenceBridge>;
  /** Whether nobody hears what is played. */
  readonly #isEmpty: () => boolean;
  readonly #running = new Set<Watch>();
  readonly #recordings = new Set<Promise<unknown>>();

  constructor(client: ConferenceClient, bridge: SharedBridge<ConferenceBridge>, isEmpty: () => boolean) {
    this.#client = client;
    this.#bridge = bridge;
    this.#isEmpty = isEmpty;
    bridge.onEnd = () => this.#notify();
  }

  /** Plays to all and waits until they have heard it. @throws {AriValidationError} */
  async announce(options: AnnounceOptions): Promise<AnnounceResult> {
    checkGivenOptions('announce', options, ['media', 'lang', 'signal']);
    const media = checkMedia('media', options.media);
    const lang = checkOptionalText('lang', options.lang);
    const { current } = this.#bridge;
    if (current === undefined || this.#isEmpty()) {
      return { outcome: 'ended' };
    }
    return this.#run(options.signal, (watch) => this.#play(current, { media, lang }, watch));
  }

  /** Records all. @throws {AriValidationError} */
  async record(options: RecordingOptions): Promise<ConferenceRecording> {
    checkGivenOptions('record', options, recordingOptions);
    const rules = checkRecording(options, { maxDurationSeconds: 0, maxSilenceSeconds: 0, beep: false });
    const record = (): Promise<ConferenceRecording> => this.#record(rules, options.signal);
    return rules.control === undefined ? record() : rules.control.during(record);
  }

  /** Somebody is inside no longer; resolves when what is recorded has ended, where nobody is left. */
  async leaving(): Promise<unknown> {
    this.#notify();
    return this.#isEmpty() ? Promise.allSettled(this.#recordings) : undefined;
  }

  #notify(): void {
    for (const watch of this.#running) {
      watch.notify();
    }
  }

  /** What is played on it is heard by all. */
  get #speaker(): { play(params: object): Promise<FlowPlayback> } {
    return { play: (params) => this.#bridge.play(params) as Promise<FlowPlayback> };
  }

  async #run<T>(signal: AbortSignal | undefined, run: (watch: Watch) => Promise<T>): Promise<T> {
    const watch = new Watch(undefined, signal);
    this.#running.add(watch);
    try {
      return await run(watch);
    } finally {
      this.#running.delete(watch);
      watch.close();
    }
  }

  async #record(rules: RecordingRules, signal: AbortSignal | undefined): Promise<ConferenceRecording> {
    const { current } = this.#bridge;
    if (current === undefined || this.#isEmpty()) {
      return { name: rules.params.name, reason: 'ended', stored: false };
    }
    const recording = this.#run(signal, (watch) => this.#tape(current, rules, watch));
    this.#recordings.add(recording);
    try {
      return await recording;
    } finally {
      this.#recordings.delete(recording);
    }
  }

  async #tape(
    bridge: ConferenceBridge,
    { params, control, discardOnAbort }: RecordingRules,
    watch: Watch,
  ): Promise<ConferenceRecording> {
    const isOver = (): boolean => this.#bridge.current !== bridge || this.#isEmpty();
    if (params.beep) {
      await beep(this.#speaker, watch, isOver);
    }
    const where = { record: (asked: never) => unlessDestroyed(bridge.record(asked)) as Promise<FlowRecording> };
    const starting =
      watch.ending === undefined && !isOver()
        ? Taping.start(where, { ...params, beep: false, terminateOn: 'none' }, watch)
        : undefined;
    control?.hold(starting);
    const taping = await starting;
    const goesOn = (): boolean => taping?.isOver === false && watch.ending === undefined && !isOver();
    try {
      while (goesOn()) {
        await watch.change();
      }
    } finally {
      control?.hold(undefined);
      await taping?.finish(watch.isAborted && discardOnAbort ? 'cancel' : 'stop');
    }
    const limit = limitOf(params, taping);
    if (limit === 'stopped' && watch.ending === undefined) {
      // Asterisk ends it with the last who leaves, which may be told just after that.
      await watch.until(isOver, graceMs);
    }
    const reason = watch.isAborted ? 'aborted' : limit === 'stopped' && isOver() ? 'ended' : limit;
    const facts = factsOf(params.name, taping?.state, taping === undefined || taping.isDiscarded);
    return { ...facts, stored: facts.stored ?? (await isStored(this.#client, params.name)), reason };
  }

  async #play(bridge: ConferenceBridge, params: Parameters<typeof Playing.start>[1], watch: Watch) {
    const isOver = (): boolean => this.#bridge.current !== bridge || this.#isEmpty();
    const playing = watch.ending === undefined ? await Playing.start(this.#speaker, params, watch) : undefined;
    try {
      for (;;) {
        if (watch.ending !== undefined) {
          return { outcome: 'aborted' } as const;
        }
        // What plays where nobody is any more fails; of what plays as the bridge is destroyed, Asterisk tells no end.
        if (isOver()) {
          return { outcome: 'ended' } as const;
        }
        if (playing?.end !== undefined) {
          const { failedMedia, end } = playing;
          return { outcome: end, ...(failedMedia !== undefined && { failedMedia }) };
        }
        await watch.change();
      }
    } finally {
      await playing?.stop();
    }
  }
}
