import { AriValidationError } from '../../errors/validation-error.js';
import { checkFlag, checkFor, checkGivenOptions } from '../../support/check-option.js';
import { describe } from '../../support/describe.js';
import { checkParty, checkSameAsterisk } from '../check.js';
import type { GapWatch } from '../gap-watch.js';
import type { RecordingOptions } from '../record/options.js';
import { watchMembers } from '../bridge-members.js';
import { runFlow } from '../run-flow.js';
import { SharedBridge } from '../shared-bridge.js';
import { ConferenceAudio, type AnnounceOptions, type AnnounceResult, type ConferenceRecording } from './audio.js';
import { Changes, type ConferenceChange, type Participant } from './changes.js';
import {
  checkConference,
  checkJoin,
  type ConferenceOptions,
  type ConferenceRules,
  type JoinOptions,
} from './options.js';
import type { ConferenceBridge, ConferenceChannel, ConferenceClient } from './parties.js';
import { Stay, type Host, type StayChange, type StayEnd } from './stay.js';

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
  readonly #audio: ConferenceAudio;
  readonly #changes = new Changes<C>();
  readonly #host: Host<C>;
  #gap: GapWatch | undefined;

  /** Sends nothing. @throws {AriValidationError} for wrong options */
  constructor(client: ConferenceClient, options: ConferenceOptions = {}) {
    checkParty('Conference', 'client', client, ['on', 'waitFor', 'bridges.handle', 'recordings.getStored']);
    const rules = checkFor('Conference', () => checkConference(options));
    this.#client = client;
    this.#rules = rules;
    this.#bridge = new SharedBridge(client, 'mixing');
    this.#audio = new ConferenceAudio(client, this.#bridge, () => !this.#all.some((stay) => stay.membership.isInside));
    const isOpen = (): boolean =>
      !rules.waitForModerator || this.#all.some((stay) => stay.rules.moderator && stay.membership.isInside);
    this.#host = {
      rules,
      bridge: this.#bridge,
      get isOpen() {
        return isOpen();
      },
      leaving: () => this.#audio.leaving(),
      hasOthers: (stay) => this.#all.some((other) => other !== stay && other.membership.isInside),
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
    return runFlow('announce', () => this.#audio.announce(options));
  }

  /**
   * Records all who are in it, until it is stopped or nobody is left. Resolves when it has ended; `ended` at once if
   * nobody is in it.
   * @throws {AriValidationError} for wrong options, before anything is sent; what the requests throw, such as
   *   {ConflictError} for a name that is taken
   */
  record(options: RecordingOptions): Promise<ConferenceRecording> {
    return runFlow('record', () => this.#audio.record(options));
  }

  /**
   * What becomes of the participants from the first one on that is asked for, for `for await`; it ends with the signal, with the loop, or when the
   * client is closed. Of what is not read, the last 1,000 are kept.
   */
  changes(options: { readonly signal?: AbortSignal | undefined } = {}): AsyncGenerator<ConferenceChange<C>, void> {
    checkGivenOptions('changes', options, ['signal']);
    return this.#changes.read(this.#client, options.signal);
  }

  get #all(): Stay<C>[] {
    return [...this.#stays.values()];
  }

  async #join(channel: C, options: JoinOptions): Promise<StayResult> {
    checkParty('join', 'channel', channel, methods);
    checkSameAsterisk('join', 'channel', channel, this.#client);
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
    this.#gap ??= watchMembers(this.#client, this.#bridge, this.#stays);
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

  #stayOf(method: string, channel: { readonly id: string }): Stay<C> | undefined {
    if (typeof channel?.id !== 'string') {
      throw new AriValidationError(`${method}: channel must be a channel, not ${describe(channel)}`, 'channel');
    }
    return this.#stays.get(channel.id);
  }

  /** The others may have to come in, to wait again, or to go. */
  #left(stay: Stay<C>, reason: StayEnd | 'error'): void {
    const participant = describeStay(stay);
    this.#changes.tell({ type: 'left', participant, reason });
    const isLast = stay.rules.moderator && stay.hasJoined && !this.#all.some((other) => other.rules.moderator);
    for (const other of this.#all) {
      if (isLast && this.#rules.endWithModerator) {
        other.end('ended');
      }
      other.notify();
    }
  }

  #changed(stay: Stay<C>, type: StayChange): void {
    this.#changes.tell({ type, participant: describeStay(stay) });
    if (type === 'joined') {
      for (const other of this.#all) {
        other.notify();
      }
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
