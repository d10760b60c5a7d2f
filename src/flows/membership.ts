import type { Subscription } from '../contract/subscription.js';
import { Deferred } from '../support/deferred.js';
import { within } from '../support/within.js';
import type { FlowBridge } from './bridge.js';
import { Entrance } from './entrance.js';
import type { FlowChannel } from './parties.js';
import { isOfNoBridge, type SharedBridge } from './shared-bridge.js';
import { graceMs, isOfUnknownMember, type Watch } from './watch.js';

/** What flows need of a channel that is put into a bridge which several share. */
export interface MemberChannel extends FlowChannel {
  on: FlowChannel['on'] &
    ((
      type: 'ChannelEnteredBridge' | 'ChannelLeftBridge',
      listener: (channel: unknown, event: { readonly bridge: { readonly id: string } }) => unknown,
    ) => Subscription);
}

/** A channel's time in a shared bridge, out of which somebody else may take it. */
export class Membership {
  readonly channel: MemberChannel;
  readonly #bridge: SharedBridge<FlowBridge>;
  readonly #watch: Watch;
  readonly #onRemoved: () => void;
  readonly #subscriptions: readonly Subscription[];
  /** Id of the bridge that it was put into. */
  #bridgeId: string | undefined;
  /** Whether Asterisk has said that it is in there. */
  #isIn = false;
  /** Whether it was told of, or seen in there: who leaves before that has left after an earlier time in the same bridge. */
  #isSeen = false;
  readonly #entrance: Entrance;
  /** It is being taken out. */
  #leaving: { readonly bridgeId: string | undefined; readonly told: Deferred<void> } | undefined;

  /** @param onRemoved somebody else has taken it out, or it hangs up */
  constructor(bridge: SharedBridge<FlowBridge>, channel: MemberChannel, watch: Watch, onRemoved: () => void) {
    this.#bridge = bridge;
    this.channel = channel;
    this.#watch = watch;
    this.#onRemoved = onRemoved;
    this.#entrance = new Entrance(
      () => this.#look(),
      (error) => this.fail(error),
    );
    this.#subscriptions = [
      channel.on('ChannelEnteredBridge', (_channel, { bridge: { id } }) => this.seen(id)),
      channel.on('ChannelLeftBridge', (_channel, { bridge: { id } }) => this.#hearLeft(id)),
    ];
  }

  /** Whether it is to be in the bridge, be it on its way. */
  get isPut(): boolean {
    return this.#bridgeId !== undefined;
  }

  get isInside(): boolean {
    return this.isPut && this.#isIn;
  }

  /**
   * Puts it into the bridge.
   * @param isWanted whether it is to be done still, once there is a bridge
   * @returns false if it is not in there: it is not wanted, it is gone, or somebody has destroyed the bridge just now
   */
  async enter(params: { readonly role?: string }, isWanted: () => boolean): Promise<boolean> {
    const { bridge } = await this.#bridge.get();
    if (!isWanted()) {
      return false;
    }
    this.#bridgeId = bridge.id;
    this.#isIn = false;
    this.#isSeen = false;
    const add = (): Promise<boolean> =>
      bridge.addChannel({ channel: this.channel.id, ...params } as never).then(() => true);
    try {
      this.#isIn = (await this.#watch.request(add, isOfUnknownMember)) ?? false;
      if (this.#isIn && this.isPut && !this.#isSeen) {
        this.#entrance.expect();
      }
      return this.#isIn;
    } catch (error) {
      if (!isOfNoBridge(error)) {
        throw error;
      }
      this.#bridgeId = undefined;
      this.#bridge.forget(bridge);
      return false;
    }
  }

  /**
   * From now on it counts as out. Returns what takes it out, unless it is, and waits until that is told: what is put into the
   * same bridge again would otherwise hear it of itself.
   */
  leave(): (() => Promise<void>) | undefined {
    const { current } = this.#bridge;
    const isThere = current !== undefined && current.id === this.#bridgeId;
    const leaving = { bridgeId: this.#bridgeId, told: new Deferred<void>() };
    this.#leaving = leaving;
    this.#bridgeId = undefined;
    this.#entrance.close();
    return isThere
      ? async () => {
          await current.removeChannel({ channel: this.channel.id } as never);
          await within(graceMs, leaving.told.promise);
        }
      : undefined;
  }

  /** It is in that bridge, as was told, or seen after an interruption of the event connection. */
  seen(bridgeId: string): void {
    if (bridgeId === this.#bridgeId) {
      this.#isSeen = true;
      this.#entrance.close();
    }
  }

  /** It was not seen in that bridge: it may have hung up. */
  async missed(bridgeId: string): Promise<void> {
    await this.#watch.look(this.channel);
    this.#lose(bridgeId);
  }

  /** Ends the stay in it with an error. */
  fail(error: unknown): void {
    this.#watch.fail(error);
  }

  close(): void {
    this.#entrance.close();
    for (const subscription of this.#subscriptions) {
      subscription.close();
    }
  }

  /** Whether it is in there, of which nothing was told. */
  async #look(): Promise<void> {
    const bridgeId = this.#bridgeId;
    if (bridgeId === undefined) {
      return;
    }
    const there = await this.#bridge.look();
    if (there.includes(this.channel.id)) {
      this.seen(bridgeId);
    } else {
      await this.missed(bridgeId);
    }
  }

  #hearLeft(bridgeId: string): void {
    if (bridgeId === this.#leaving?.bridgeId) {
      this.#leaving.told.resolve();
    }
    if (this.#isSeen) {
      this.#lose(bridgeId);
    }
  }

  #lose(bridgeId: string): void {
    if (bridgeId === this.#bridgeId) {
      this.#bridgeId = undefined;
      this.#entrance.close();
      this.#onRemoved();
    }
  }
}
