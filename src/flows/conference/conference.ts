import { AriValidationError } from '../../errors/validation-error.js';
import { checkFlag, checkFor, checkGivenOptions } from '../../support/check-option.js';
import { describe } from '../../support/describe.js';
import { checkMedia, checkOptionalText, checkParty } from '../check.js';
import { GapWatch } from '../gap-watch.js';
import type { FlowPlayback, FlowRecording } from '../parties.js';
import { Playing, type Media } from '../playing.js';
import { beep } from '../record/beep.js';
import { checkRecording, recordingOptions, type RecordingOptions } from '../record/options.js';
import { factsOf, limitOf, type RecordedFacts } from '../record/result.js';
import { Taping } from '../record/taping.js';
import { runFlow } from '../run-flow.js';
import { graceMs, noLonger, unlessGone, Watch } from '../watch.js';
import {
  checkConference,
  checkJoin,
  type ConferenceOptions,
  type ConferenceRules,
  type JoinOptions,
} from './options.js';
import type { ConferenceBridge, ConferenceChannel, ConferenceClient } from './parties.js';
import { SharedBridge, unlessDestroyed } from '../shared-bridge.js';
import { Stay, type Host, type StayChange, type StayEnd } from './stay.js';

/** Somebody in a conference, as they are at the moment. */
export interface Participant<C> {
  readonly channel: C;
  readonly moderator: boolean;
  readonly muted: boolean;
  /** Whether they talk; only where `detectTalking` is on. */
  readonly talking: boolean;
  /** Whether they hear music until a moderator comes. */
  readonly waiting: boolean;
}

/** What becomes of a participant; `left` says why. */
export type ConferenceChange<C> =
  | { readonly type: StayChange; readonly participant: Participant<C> }
  | { readonly type: 'left'; readonly participant: Participant<C>; readonly reason: StayResult['reason'] | 'error' };

/** How {@link Conference.join} ended. */
export interface StayResult {
  /**
   * `hangup`: the channel hung up, or left the application. `aborted`: by the signal. `kicked`: by `kick`. `ended`: the
   * conference was ended, or the last moderator has left. `removed`: somebody else has taken the channel out, or has
   * destroyed the bridge. `full`: there was no place.
   */
  readonly reason: StayEnd | 'full';
  /** Whether the participant was in the conference, and did not only wait for it. */
  readonly joined: boolean;
}

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

/** Of changes that nobody reads, the latest are kept. */
const maxUnread = 1_000;

const methods = ['on', 'waitFor', 'mute', 'unmute', 'startMoh', 'stopMoh', 'setChannelVar'];

/**
 * A room in which channels talk to each other. It is there as long as you keep it; its bridge is made when somebody comes
 * in and destroyed when the last one has left, so that nothing is left of it then. Whoever is out of it, for whatever
 * reason, stays in the application, neither muted nor with music.
 */
export class Conference<C extends ConferenceChannel = ConferenceChannel> {
  readonly #client: ConferenceClient;
  readonly #rules: ConferenceRules;
  readonly #bridge: SharedBridge<ConferenceBridge>;
  readonly #stays = new Map<string, Stay<C>>();
  readonly #listeners = new Set<(change: ConferenceChange<C>) => void>();
  readonly #host: Host<C>;
  /** Of what plays to all or is recorded. */
  readonly #running = new Set<Watch>();
  readonly #recordings = new Set<Promise<unknown>>();
  #gap: GapWatch | undefined;

  /** Sends nothing. @throws {AriValidationError} for wrong options */
  constructor(client: ConferenceClient, options: ConferenceOptions = {}) {
    checkParty('Conference', 'client', client, ['on', 'waitFor', 'bridges.handle', 'recordings.getStored']);
    const rules = checkFor('Conference', () => checkConference(options));
    this.#client = client;
    this.#rules = rules;
    this.#bridge = new SharedBridge(client, 'mixing');
    this.#bridge.onEnd = () => this.#running.forEach((watch) => watch.notify());
    const isOpen = (): boolean =>
      !rules.waitForModerator || this.#all.some((stay) => stay.rules.moderator && stay.isInside);
    this.#host = {
      rules,
      bridge: this.#bridge,
      get isOpen() {
        return isOpen();
      },
      leaving: () => this.#leaving(),
      hasOthers: (stay) => this.#all.some((other) => other !== stay && other.isInside),
      changed: (stay, type) => this.#changed(stay, type),
    };
  }

  /** Who is in it, or waits, in the order in which they came. */
  get participants(): readonly Participant<C>[] {
    return this.#all.map(describeStay);
  }

  /**
   * Takes a channel in; resolves when it is out again, and says why. Nothing is left on the channel then.
   * @throws {AriValidationError} for wrong options and for a channel that is in it, before anything is sent; what the
   *   requests throw
   */
  join(channel: C, options: JoinOptions = {}): Promise<StayResult> {
    return runFlow('join', () => this.#join(channel, options));
  }

  /**
   * Whether others hear the participant; false if they are not in it, or no longer. Resolves when it is so, or when it
   * shall be otherwise by then.
   */
  async mute(channel: { readonly id: string }, muted = true): Promise<boolean> {
    const shallBe = checkFor('mute', () => checkFlag('muted', muted, true));
    return (await this.#stayOf('mute', channel)?.mute(shallBe)) ?? false;
  }

  /** As `mute` with false. */
  unmute(channel: { readonly id: string }): Promise<boolean> {
    return this.mute(channel, false);
  }

  /** Takes a participant out, whose `join` ends with `kicked`; resolves when they are out, with false if they are not in it. */
  async kick(channel: { readonly id: string }): Promise<boolean> {
    const stay = this.#stayOf('kick', channel);
    stay?.end('kicked');
    await stay?.over();
    return stay !== undefined;
  }

  /** Takes everybody out; each `join` ends with `ended`. Resolves when they are out. Whoever comes later begins anew. */
  async end(): Promise<void> {
    const stays = this.#all;
    for (const stay of stays) {
      stay.end('ended');
    }
    await Promise.all(stays.map((stay) => stay.over()));
  }

  /**
   * Plays to all who are in it, but for those who wait, and waits until they have heard it.
   * @throws {AriValidationError} for wrong options, before anything is sent; what the requests throw
   */
  announce(options: AnnounceOptions): Promise<AnnounceResult> {
    return runFlow('announce', async () => {
      checkGivenOptions('announce', options, ['media', 'lang', 'signal']);
      const media = checkMedia('media', options.media);
      const lang = checkOptionalText('lang', options.lang);
      const { current } = this.#bridge;
      if (current === undefined || this.#isEmpty) {
        return { outcome: 'ended' };
      }
      return this.#run(options.signal, (watch) => this.#play(current, { media, lang }, watch));
    });
  }

  /**
   * Records all who are in it, until it is stopped or nobody is left. Resolves when it has ended; `ended` at once if
   * nobody is in it.
   * @throws {AriValidationError} for wrong options, before anything is sent; what the requests throw, such as
   *   {ConflictError} for a name that is taken
   */
  record(options: RecordingOptions): Promise<ConferenceRecording> {
    return runFlow('record', async () => {
      checkGivenOptions('record', options, recordingOptions);
      const rules = checkRecording(options, { maxDurationSeconds: 0, maxSilenceSeconds: 0, beep: false });
      const record = (): Promise<ConferenceRecording> => this.#record(rules, options.signal);
      return rules.control === undefined ? record() : rules.control.during(record);
    });
  }

  /**
   * What becomes of the participants from now on, for `for await`; it ends with the signal, with the loop, or when the
   * client is closed. Of what is not read, the last 1,000 are kept.
   */
  changes(options: { readonly signal?: AbortSignal | undefined } = {}): AsyncGenerator<ConferenceChange<C>, void> {
    checkGivenOptions('changes', options, ['signal']);
    return this.#read(options.signal);
  }

  get #all(): Stay<C>[] {
    return [...this.#stays.values()];
  }

  /** What is played on it is heard by all. */
  get #speaker(): { play(params: object): Promise<FlowPlayback> } {
    return { play: (params) => this.#bridge.play(params) as Promise<FlowPlayback> };
  }

  /** Whether nobody hears what is played. */
  get #isEmpty(): boolean {
    return !this.#all.some((stay) => stay.isInside);
  }

  async *#read(signal: AbortSignal | undefined): AsyncGenerator<ConferenceChange<C>, void> {
    const watch = new Watch(undefined, signal);
    const over = new AbortController();
    const untilClosed = this.#client.waitFor('gap', { where: () => false, signal: over.signal });
    untilClosed.catch(() => watch.end('aborted'));
    const unread: ConferenceChange<C>[] = [];
    const listener = (change: ConferenceChange<C>): void => {
      unread.splice(0, unread.length - maxUnread + 1);
      unread.push(change);
      watch.notify();
    };
    this.#listeners.add(listener);
    try {
      while (watch.ending === undefined) {
        const change = unread.shift();
        if (change === undefined) {
          await watch.change();
        } else {
          yield change;
        }
      }
    } finally {
      this.#listeners.delete(listener);
      over.abort(noLonger);
      watch.close();
    }
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

  async #join(channel: C, options: JoinOptions): Promise<StayResult> {
    checkParty('join', 'channel', channel, methods);
    const rules = checkJoin(options);
    const { id } = channel;
    if (this.#stays.has(id)) {
      throw new AriValidationError(`join: channel ${id} is in the conference`, 'channel');
    }
    if (this.#stays.size >= this.#rules.maxParticipants) {
      return { reason: 'full', joined: false };
    }
    const stay = new Stay(this.#host, channel, rules, options.signal);
    this.#stays.set(id, stay);
    this.#gap ??= this.#watchGaps();
    let reason: StayEnd | 'error' = 'error';
    try {
      reason = await stay.run();
      return { reason, joined: stay.hasJoined };
    } finally {
      this.#stays.delete(id);
      if (this.#stays.size === 0) {
        this.#gap?.close();
        this.#gap = undefined;
      }
      this.#left(stay, reason);
      stay.close();
    }
  }

  async #record(rules: RecordingRules, signal: AbortSignal | undefined): Promise<ConferenceRecording> {
    const { current } = this.#bridge;
    if (current === undefined || this.#isEmpty) {
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
    const isOver = (): boolean => this.#bridge.current !== bridge || this.#isEmpty;
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
    return { ...facts, stored: facts.stored ?? (await this.#isStored(params.name)), reason };
  }

  /** Of what ends with the last who leaves, Asterisk does not always tell the end. */
  async #isStored(recordingName: string): Promise<boolean> {
    return unlessGone(this.#client.recordings.getStored({ recordingName }));
  }

  async #leaving(): Promise<unknown> {
    this.#running.forEach((watch) => watch.notify());
    return this.#isEmpty ? Promise.allSettled(this.#recordings) : undefined;
  }

  async #play(bridge: ConferenceBridge, params: Parameters<typeof Playing.start>[1], watch: Watch) {
    const isOver = (): boolean => this.#bridge.current !== bridge || this.#isEmpty;
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

  #watchGaps(): GapWatch {
    return new GapWatch(
      this.#client,
      () => this.#look(),
      (error) => this.#stays.forEach((stay) => stay.fail(error)),
    );
  }

  /** In the time in which nothing was heard, some may have been taken out. */
  async #look(): Promise<void> {
    const bridgeId = this.#bridge.current?.id;
    if (bridgeId !== undefined) {
      const inside = this.#all.filter((stay) => stay.isInside);
      const there = await this.#bridge.look();
      for (const stay of inside.filter(({ channel }) => !there.includes(channel.id))) {
        stay.removed(bridgeId);
      }
    }
  }

  #stayOf(method: string, channel: { readonly id: string }): Stay<C> | undefined {
    if (typeof channel?.id !== 'string') {
      throw new AriValidationError(`${method}: channel must be a channel, not ${describe(channel)}`, 'channel');
    }
    return this.#stays.get(channel.id);
  }

  /** The others may have to come in, to wait again, or to go. */
  #left(stay: Stay<C>, reason: StayEnd | 'error'): void {
    const participant = describeStay(stay);
    this.#tell({ type: 'left', participant, reason });
    const isLast = stay.rules.moderator && stay.hasJoined && !this.#all.some((other) => other.rules.moderator);
    for (const other of this.#all) {
      if (isLast && this.#rules.endWithModerator) {
        other.end('ended');
      }
      other.notify();
    }
  }

  #changed(stay: Stay<C>, type: StayChange): void {
    this.#tell({ type, participant: describeStay(stay) });
    if (type === 'joined') {
      for (const other of this.#all) {
        other.notify();
      }
    }
  }

  #tell(change: ConferenceChange<C>): void {
    for (const listener of this.#listeners) {
      listener(change);
    }
  }
}

function describeStay<C extends ConferenceChannel>(stay: Stay<C>): Participant<C> {
  return {
    channel: stay.channel,
    moderator: stay.rules.moderator,
    muted: stay.isMuted,
    talking: stay.isTalking,
    waiting: stay.isWaiting,
  };
}
