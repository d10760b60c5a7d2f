import { GapWatch, type GapTeller } from './gap-watch.js';
import type { FlowBridge } from './bridge.js';
import type { SharedBridge } from './shared-bridge.js';

/** Somebody who is in a shared bridge, or is to be. */
export interface BridgeMember {
  readonly channel: { readonly id: string };
  readonly isInside: boolean;
  /** It was not seen in that bridge: it may have hung up. */
  missed(bridgeId: string): Promise<void>;
  /** Ends its stay with an error. */
  fail(error: unknown): void;
}

/** After an interruption of the event connection, tells the members of a shared bridge who are not seen in it any more. */
export function watchMembers(
  client: GapTeller,
  bridge: SharedBridge<FlowBridge>,
  members: ReadonlyMap<string, BridgeMember>,
): GapWatch {
  const look = async (): Promise<void> => {
    const bridgeId = bridge.current?.id;
    if (bridgeId !== undefined) {
      const inside = [...members.values()].filter(({ isInside }) => isInside);
      const there = await bridge.look();
      const missing = inside.filter(({ channel }) => !there.includes(channel.id));
      await Promise.all(missing.map((member) => member.missed(bridgeId)));
    }
  };
  return new GapWatch(client, look, (error) => members.forEach((member) => member.fail(error)));
}
