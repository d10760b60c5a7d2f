import type { Subscription } from '../../contract/subscription.js';
import { AriHttpError } from '../../errors/http-error.js';
import { NotFoundError } from '../../errors/not-found-error.js';
import { Change } from '../../support/change.js';
import { TalkDetection, type Talk } from '../talking.js';
import { undo } from '../persist.js';
import { ifStillThere, isOfUnknownMember, Watch, type Ending } from '../watch.js';
import type { ConferenceRules } from './options.js';
import type { ConferenceBridge, ConferenceChannel } from './parties.js';
import type { SharedBridge } from '../shared-bridge.js';

/** Why a stay ended: by the channel or the signal, or because somebody has ended it. */
export type StayEnd = Ending | 'kicked' | 'ended' | 'removed';

/** What has become of a participant. */
export type StayChange = 'waiting' | 'joined' | 'muted' | 'unmuted' | 'talking' | 'quiet';

/** What a stay needs of its conference. */
export interface Host<C extends ConferenceChannel> {
  readonly rules: ConferenceRules;
  readonly bridge: SharedBridge<ConferenceBridge>;
  /** Whether a moderator is there, or need not be. */
  readonly isOpen: boolean;
  /** Whether anybody but this one is in the bridge. */
  hasOthers(stay: Stay<C>): boolean;
  /** One is inside no longer; resolves when the channel may be taken out: where nobody is left, nothing is recorded then. */
  leaving(): Promise<unknown>;
  changed(stay: Stay<C>, change: StayChange): void;
}

/** What a stay begins with. */
export interface StayRules {
  readonly moderator: boolean;
  readonly muted: boolean;
  readonly quiet: boolean;
}

/**
 * A participant in a conference. Others say what it shall be; it alone acts for its channel: it looks what is not as it
 * shall be, makes a request towards that, and looks again.
 */
export class Stay<C extends ConferenceChannel> {
  readonly channel: C;
  readonly rules: StayRules;
  isMuted = false;
  isTalking = false;
  isWaiting = false;
  /** Whether it has ever been in the bridge. */
  hasJoined = false;
  readonly #host: Host<C>;
  readonly #watch: Watch;
  readonly #left: Subscription;
  readonly #detection: TalkDetection;
  #shallBeMuted: boolean;
  /** Id of the bridge that it is in. */
  #bridgeId: string | undefined;
  #isDetecting = false;
  #mayBeMuted = false;
  #isGreeted = false;
  #end: StayEnd | undefined;
  #isOver = false;
  readonly #news = new Change();

  constructor(host: Host<C>, channel: C, rules: StayRules, signal: AbortSignal | undefined) {
    this.#host = host;
    this.channel = channel;
    this.rules = rules;
    this.#shallBeMuted = rules.muted;
    this.#watch = new Watch(channel, signal);
    this.#detection = new TalkDetection(channel, (talk) => this.#talks(talk));
    this.#left = channel.on('ChannelLeftBridge', (_channel, { bridge }) => this.removed(bridge.id));
  }

  get isInside(): boolean {
    return this.#bridgeId !== undefined && this.hasJoined;
  }

  /** Takes it out. */
  end(end: StayEnd): void {
    this.#end ??= end;
    this.notify();
  }

  /** It was not seen in that bridge: it may have hung up. */
  async missed(bridgeId: string): Promise<void> {
    await this.#watch.look(this.channel);
    this.removed(bridgeId);
  }

  /** Ends it with an error. */
  fail(error: unknown): void {
    this.#watch.fail(error);
  }

  /** The channel is not in that bridge any more. */
  removed(bridgeId: string): void {
    if (bridgeId === this.#bridgeId) {
      this.#bridgeId = undefined;
      this.end('removed');
    }
  }

  /** It should look again. */
  notify(): void {
    this.#watch.notify();
  }

  /** Waits until it is so, or shall be otherwise meanwhile; false if the stay is over. */
  mute(shallBe: boolean): Promise<boolean> {
    this.#shallBeMuted = shallBe;
    this.notify();
    this.#news.tell();
    return this.#until(() => this.isMuted === shallBe || this.#shallBeMuted !== shallBe);
  }

  /** Waits until it is over. */
  async over(): Promise<void> {
    await this.#until(() => false);
  }

  /** It is over, and its conference knows it no longer. */
  close(): void {
    this.#isOver = true;
    this.#news.tell();
  }

  /** Returns why it ended, once nothing is left of it. */
  async run(): Promise<StayEnd> {
    this.#host.bridge.join();
    try {
      for (;;) {
        const end = this.#watch.ending ?? this.#end;
        if (end !== undefined) {
          // Who hangs up is out of the bridge first.
          return end === 'removed' && (await this.#watch.isHangup()) ? 'hangup' : end;
        }
        const step = this.#next();
        await (step === undefined ? this.#watch.change() : this.#watch.request(step));
      }
    } finally {
      await this.#leave();
    }
  }

  /** What is to be done next, if not all is as it shall be. */
  #next(): (() => Promise<void>) | undefined {
    if (this.isMuted !== this.#shallBeMuted) {
      return () => this.#mute(this.#shallBeMuted);
    }
    if (!this.rules.moderator && !this.#host.isOpen) {
      return this.#bridgeId !== undefined ? () => this.#exit() : this.isWaiting ? undefined : () => this.#wait();
    }
    if (this.#bridgeId === undefined) {
      return this.isWaiting ? () => this.#waitNoMore() : () => this.#enter();
    }
    if (this.#host.rules.talk !== undefined && !this.#isDetecting) {
      return () => this.#detect(this.#host.rules.talk as string);
    }
    return this.#isGreeted ? undefined : () => this.#greet();
  }

  async #mute(shallBe: boolean): Promise<void> {
    // Even if its answer is lost, it may have been carried out.
    this.#mayBeMuted = true;
    await this.channel[shallBe ? 'mute' : 'unmute']({ direction: 'in' } as never);
    this.isMuted = shallBe;
    this.#mayBeMuted = shallBe;
    this.#changed(shallBe ? 'muted' : 'unmuted');
  }

  async #wait(): Promise<void> {
    const { musicClass } = this.#host.rules;
    this.isWaiting = true;
    await this.channel.startMoh({ ...(musicClass !== undefined && { mohClass: musicClass }) });
    this.#changed('waiting');
  }

  async #waitNoMore(): Promise<void> {
    await this.channel.stopMoh();
    this.isWaiting = false;
  }

  async #enter(): Promise<void> {
    const own = await this.#host.bridge.get();
    if (this.#watch.ending !== undefined || this.#end !== undefined) {
      return;
    }
    this.#bridgeId = own.bridge.id;
    try {
      const add = (): Promise<boolean> => own.add(this.channel.id).then(() => true);
      if ((await this.#watch.request(add, isOfUnknownMember)) === undefined) {
        return;
      }
    } catch (error) {
      if (!(error instanceof NotFoundError) || error.what !== 'bridge') {
        throw error;
      }
      this.#bridgeId = undefined;
      this.#host.bridge.forget(own.bridge);
      return;
    }
    this.hasJoined = true;
    this.#changed('joined');
  }

  /** Waits again. */
  async #exit(): Promise<void> {
    const { current } = this.#host.bridge;
    this.#bridgeId = undefined;
    this.#isGreeted = false;
    await this.#host.leaving();
    const params = { channel: this.channel.id } as never;
    await ifStillThere(() => undo(this.channel, async () => current?.removeChannel(params)));
  }

  async #detect(settings: string): Promise<void> {
    this.#isDetecting = true;
    await this.#detection.start(settings);
  }

  async #greet(): Promise<void> {
    this.#isGreeted = true;
    await this.#sound(this.#host.rules.joinSound);
  }

  /** Nobody waits for its end, which comes with the bridge at the latest, and nobody has to go because it is not heard. */
  async #sound(media: readonly string[]): Promise<void> {
    if (media.length > 0 && !this.rules.quiet) {
      try {
        await this.#host.bridge.play({ media });
      } catch (error) {
        if (!(error instanceof AriHttpError)) {
          throw error;
        }
      }
    }
  }

  async #until(isSo: () => boolean): Promise<boolean> {
    while (!this.#isOver && !isSo()) {
      await this.#news.next;
    }
    return !this.#isOver;
  }

  #talks({ type }: Talk): void {
    this.isTalking = type === 'start';
    this.#changed(this.isTalking ? 'talking' : 'quiet');
  }

  #changed(change: StayChange): void {
    this.#host.changed(this, change);
    this.#news.tell();
  }

  /** Nothing is left of it on the channel, which may stay in the application. */
  async #leave(): Promise<void> {
    const { bridge, rules } = this.#host;
    const { current } = bridge;
    const { isGone } = this.#watch;
    const isIn = this.#bridgeId !== undefined;
    this.#bridgeId = undefined;
    for (const each of [this.#watch, this.#left, this.#detection]) {
      each.close();
    }
    await this.#host.leaving();
    const params = { channel: this.channel.id } as never;
    const steps = [
      isIn && current !== undefined && (() => current.removeChannel(params)),
      this.#isDetecting && (() => this.#detection.stop()),
      this.isWaiting && (() => this.channel.stopMoh()),
      this.#mayBeMuted && (() => this.channel.unmute({ direction: 'in' } as never)),
    ];
    try {
      const undone = isGone ? [] : steps.filter((step) => step !== false);
      await ifStillThere(...undone.map((step) => () => undo(this.channel, step)));
      if (this.hasJoined && this.#host.hasOthers(this)) {
        await this.#sound(rules.leaveSound);
      }
    } finally {
      await bridge.leave();
    }
  }
}
