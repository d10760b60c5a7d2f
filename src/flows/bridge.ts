import type { Subscription } from '../contract/subscription.js';
import type { CallOptions, FlowPlayback } from './parties.js';
import { persist } from './persist.js';
import { unlessGone } from './watch.js';

/** What is told when a channel goes into a bridge or out of it. */
export interface BridgeMemberEvent {
  readonly channel: { readonly id: string };
}

/** What flows need of a bridge, whatever bindings it is of. A `Bridge` and a handle of one will do. */
export interface FlowBridge {
  readonly id: string;
  on(
    type: 'ChannelEnteredBridge' | 'ChannelLeftBridge',
    listener: (bridge: unknown, event: BridgeMemberEvent) => unknown,
  ): Subscription;
  on(type: 'BridgeDestroyed', listener: (bridge: unknown, event: unknown) => unknown): Subscription;
  waitFor(type: 'BridgeDestroyed', options?: CallOptions): Promise<unknown>;
  get(options?: CallOptions): Promise<{ readonly channels: readonly string[] }>;
  // Bindings differ in what they take: what is given here is a part of what each of them does.
  createWithId(params: never, options?: CallOptions): Promise<unknown>;
  addChannel(params: never, options?: CallOptions): Promise<void>;
  removeChannel(params: never, options?: CallOptions): Promise<void>;
  play(params: never, options?: CallOptions): Promise<FlowPlayback>;
  destroy(options?: CallOptions): Promise<void>;
}

/** What flows need of a client to make bridges. */
export interface BridgeMaker {
  readonly bridges: { handle(id?: string): FlowBridge };
}

/** The bridges of a client. */
export type BridgeOf<Client extends BridgeMaker> = ReturnType<Client['bridges']['handle']>;

/** What flows need of a client to find the bridge of a call. */
export interface BridgeFinder extends BridgeMaker {
  readonly bridges: BridgeMaker['bridges'] & {
    list(options?: CallOptions): Promise<readonly { readonly id: string; readonly channels: readonly string[] }[]>;
  };
}

/** The bridge in which channels are together, if they are in one. */
export async function bridgeOf(
  client: BridgeFinder,
  ...channels: readonly { readonly id: string }[]
): Promise<FlowBridge | undefined> {
  const bridges = await client.bridges.list();
  const found = bridges.find((bridge) => channels.every(({ id }) => bridge.channels.includes(id)));
  return found && client.bridges.handle(found.id);
}

/** A bridge that a flow has made, until it ends or hands it over. */
export class OwnBridge<B extends FlowBridge> {
  readonly bridge: B;
  #isKept = false;

  private constructor(bridge: B) {
    this.bridge = bridge;
  }

  /** @param type as Asterisk names it: `mixing`, `holding`, with what else there is: `mixing,dtmf_events` */
  static async create<B extends FlowBridge>(
    client: { readonly bridges: { handle(): B } },
    type: string,
  ): Promise<OwnBridge<B>> {
    const own = new OwnBridge(client.bridges.handle());
    try {
      await own.bridge.createWithId({ type } as never);
    } catch (error) {
      // Its answer may be lost and the bridge be there all the same.
      await own.end().catch(() => undefined);
      throw error;
    }
    return own;
  }

  /** Takes over a bridge that is there already. */
  static adopt<B extends FlowBridge>(bridge: B): OwnBridge<B> {
    return new OwnBridge(bridge);
  }

  /** Puts channels into it, out of those that they are in. */
  add(...ids: readonly string[]): Promise<void> {
    return this.bridge.addChannel({ channel: ids } as never);
  }

  /** Puts a channel into it that is told who it is connected to some other way than by those who are in it. */
  addUntold(id: string): Promise<void> {
    return this.bridge.addChannel({ channel: id, inhibitConnectedLineUpdates: true } as never);
  }

  async remove(id: string): Promise<void> {
    await this.bridge.removeChannel({ channel: id } as never);
  }

  /** It is somebody else's from now on. */
  handOver(): B {
    this.#isKept = true;
    return this.bridge;
  }

  /** Destroys it, unless it was handed over or is gone; whoever is in it stays in the application. */
  async end(): Promise<void> {
    if (!this.#isKept) {
      this.#isKept = true;
      const waitForEnd = (options: CallOptions): Promise<unknown> => this.bridge.waitFor('BridgeDestroyed', options);
      await unlessGone(persist(`bridge ${this.bridge.id} may be left`, waitForEnd, () => this.bridge.destroy()));
    }
  }
}
