import { bridgeOf, type FlowBridge } from '../bridge.js';
import { GapWatch } from '../gap-watch.js';
import { undo } from '../persist.js';
import { ifStillThere, isOfUnknownMember } from '../watch.js';
import type { Desk, Post } from './post.js';
import type { Ended } from './result.js';

/** The supervisor is in the bridge of the call, which is not ours. */
export class Presence implements Post {
  readonly mode = 'barge';
  readonly #desk: Desk;
  readonly #bridge: FlowBridge;
  readonly #subscriptions;
  #left: Ended | undefined;
  /** Whether the supervisor was told of, or seen in there: who leaves before that has left it after an earlier time there. */
  #isSeen = false;
  /** Until the supervisor was put into the bridge, they have not left it. */
  #joined: Promise<unknown> = Promise.resolve();

  private constructor(desk: Desk, bridge: FlowBridge) {
    this.#desk = desk;
    this.#bridge = bridge;
    this.#subscriptions = [
      bridge.on('ChannelEnteredBridge', (_bridge, { channel }) => this.#see(channel.id)),
      bridge.on('ChannelLeftBridge', (_bridge, { channel }) => this.#leave(channel.id)),
      bridge.on('BridgeDestroyed', () => this.#leave(undefined)),
      new GapWatch(
        desk.client,
        () => this.#look(),
        (error) => desk.watch.fail(error),
      ),
    ];
  }

  /** Undefined if the channel is in no bridge. */
  static async open(desk: Desk): Promise<Presence | undefined> {
    const { client, lines, over, rules } = desk;
    const { channel, supervisor } = rules;
    const bridge = await bridgeOf(client, channel);
    if (bridge === undefined || over() !== undefined) {
      return undefined;
    }
    const presence = new Presence(desk, bridge);
    try {
      presence.#joined = lines.request(
        () => bridge.addChannel({ channel: supervisor.id } as never),
        (error) => (isOfUnknownMember(error) ? supervisor : undefined),
      );
      await presence.#joined;
      return presence;
    } catch (error) {
      // Its answer may be lost and the supervisor be in it all the same.
      await presence.close(false).catch(() => undefined);
      throw error;
    }
  }

  get left(): Ended | undefined {
    return this.#left;
  }

  async close(isSupervisorOut: boolean): Promise<void> {
    for (const subscription of this.#subscriptions) {
      subscription.close();
    }
    const { lines, rules } = this.#desk;
    const { supervisor } = rules;
    const isOut = isSupervisorOut || (this.#left !== undefined && this.#left.by !== 'channel');
    if (lines.has(supervisor) && !isOut) {
      await ifStillThere(() => undo(supervisor, () => this.#bridge.removeChannel({ channel: supervisor.id } as never)));
    }
  }

  #see(id: string): void {
    this.#isSeen ||= id === this.#desk.rules.supervisor.id;
  }

  #leave(id: string | undefined): void {
    const { supervisor, channel } = this.#desk.rules;
    if (id === supervisor.id && !this.#isSeen) {
      return;
    }
    if (id === undefined || id === supervisor.id || id === channel.id) {
      const by = id === undefined ? {} : { by: id === channel.id ? ('channel' as const) : ('supervisor' as const) };
      this.#left ??= { reason: 'left', ...by };
      this.#desk.watch.notify();
    }
  }

  /** In the time in which nothing was heard, one may have left. */
  async #look(): Promise<void> {
    const { client, lines, rules } = this.#desk;
    const { supervisor, channel } = rules;
    await this.#joined;
    const bridges = await client.bridges.list();
    const there = bridges.find(({ id }) => id === this.#bridge.id)?.channels;
    const missing = [supervisor, channel].find(({ id }) => !there?.includes(id));
    // Whoever is missing has left since then.
    this.#isSeen = true;
    if (missing !== undefined) {
      await lines.look(missing);
      this.#leave(there === undefined ? undefined : missing.id);
    }
  }
}
