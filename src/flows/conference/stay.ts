import { AriHttpError } from '../../errors/http-error.js';
import { Change } from '../../support/change.js';
import { TalkDetection, type Talk } from '../talking.js';
import { thenEnd } from '../end-all.js';
import { Membership } from '../membership.js';
import { isOutage } from '../outage.js';
import { undo } from '../persist.js';
import { ifStillThere, Watch, type Ending } from '../watch.js';
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
  readonly membership: Membership;
  isMuted = false;
  isTalking = false;
  isWaiting = false;
  /** Whether it has ever been in the bridge. */
  hasJoined = false;
  readonly #host: Host<C>;
  readonly #watch: Watch;
  readonly #detection: TalkDetection;
  #shallBeMuted: boolean;
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
    this.membership = new Membership(host.bridge, channel, this.#watch, () => this.end('removed'));
  }

  /** Takes it out. */
  end(end: StayEnd): void {
    this.#end ??= end;
    this.notify();
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
  run(): Promise<StayEnd> {
    this.#host.bridge.join();
    return thenEnd(
      () => this.#stay(),
      () => this.#leave(),
    );
  }

  async #stay(): Promise<StayEnd> {
    for (;;) {
      const end = this.#watch.ending ?? this.#end;
      if (end !== undefined) {
        // Who hangs up is out of the bridge first.
        return end === 'removed' && (await this.#watch.isHangup()) ? 'hangup' : end;
      }
      const step = this.#next();
      await (step === undefined ? this.#watch.change() : this.#watch.request(step));
    }
  }

  /** What is to be done next, if not all is as it shall be. */
  #next(): (() => Promise<void>) | undefined {
    if (this.isMuted !== this.#shallBeMuted) {
      return () => this.#mute(this.#shallBeMuted);
    }
    if (!this.rules.moderator && !this.#host.isOpen) {
      return this.membership.isPut ? () => this.#exit() : this.isWaiting ? undefined : () => this.#wait();
    }
    if (!this.membership.isPut) {
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
    const isWanted = (): boolean => this.#watch.ending === undefined && this.#end === undefined;
    if (await this.membership.enter({}, isWanted)) {
      this.hasJoined = true;
      this.#changed('joined');
    }
  }

  /** Waits again. */
  async #exit(): Promise<void> {
    const takeOut = this.membership.leave();
    this.#isGreeted = false;
    await this.#host.leaving();
    await ifStillThere(() => undo(this.channel, async () => takeOut?.()));
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
        if (!(error instanceof AriHttpError) && !isOutage(error)) {
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
    const { isGone } = this.#watch;
    const takeOut = this.membership.leave();
    for (const each of [this.#watch, this.#detection]) {
      each.close();
    }
    await this.#host.leaving();
    const steps = [
      takeOut,
      this.#isDetecting && (() => this.#detection.stop()),
      this.isWaiting && (() => this.channel.stopMoh()),
      this.#mayBeMuted && (() => this.channel.unmute({ direction: 'in' } as never)),
    ];
    const undone = isGone ? [] : steps.filter((step) => typeof step === 'function');
    await thenEnd(
      async () => {
        await ifStillThere(...undone.map((step) => () => undo(this.channel, step)));
        if (this.hasJoined && this.#host.hasOthers(this)) {
          await this.#sound(rules.leaveSound);
        }
      },
      () => {
        this.membership.close();
        return bridge.leave();
      },
    );
  }
}
