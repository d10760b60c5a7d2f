import type { Subscription } from '../contract/subscription.js';
import { NotFoundError } from '../errors/not-found-error.js';
import type { FlowBridge } from './bridge.js';
import type { FlowChannel } from './parties.js';
import type { SharedBridge } from './shared-bridge.js';
import { isOfUnknownMember, type Watch } from './watch.js';

/** What flows need of a channel that is put into a bridge which several share. */
export interface MemberChannel extends FlowChannel {
  on: FlowChannel['on'] &
    ((
      type: 'ChannelLeftBridge',
      listener: (channel: unknown, event: { readonly bridge: { readonly id: string } }) => unknown,
    ) => Subscription);
}

/** A channel's time in a shared bridge, out of which somebody else may take it. */
export class Membership {
  readonly channel: MemberChannel;
  readonly #bridge: SharedBridge<FlowBridge>;
  readonly #watch: Watch;
  readonly #onRemoved: () => void;
  readonly #left: Subscription;
  /** Id of the bridge that it was put into. */
  #bridgeId: string | undefined;
  /** Whether Asterisk has said that it is in there. */
  #isIn = false;

  /** @param onRemoved somebody else has taken it out, or it hangs up */
  constructor(bridge: SharedBridge<FlowBridge>, channel: MemberChannel, watch: Watch, onRemoved: () => void) {
    this.#bridge = bridge;
    this.channel = channel;
    this.#watch = watch;
    this.#onRemoved = onRemoved;
    this.#left = channel.on('ChannelLeftBridge', (_channel, { bridge: { id } }) => this.#lose(id));
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
    const add = (): Promise<boolean> =>
      bridge.addChannel({ channel: this.channel.id, ...params } as never).then(() => true);
    try {
      this.#isIn = (await this.#watch.request(add, isOfUnknownMember)) ?? false;
      return this.#isIn;
    } catch (error) {
      if (!(error instanceof NotFoundError) || error.what !== 'bridge') {
        throw error;
      }
      this.#bridgeId = undefined;
      this.#bridge.forget(bridge);
      return false;
    }
  }

  /** From now on it counts as out. Returns what takes it out, unless it is. */
  leave(): (() => Promise<void>) | undefined {
    const { current } = this.#bridge;
    const isThere = current?.id === this.#bridgeId;
    this.#bridgeId = undefined;
    return isThere && current !== undefined
      ? () => current.removeChannel({ channel: this.channel.id } as never)
      : undefined;
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
    this.#left.close();
  }

  #lose(bridgeId: string): void {
    if (bridgeId === this.#bridgeId) {
      this.#bridgeId = undefined;
      this.#onRemoved();
    }
  }
}
