import type { FlowBridge } from './bridge.js';
import { GapWatch, type GapTeller } from './gap-watch.js';
import type { Membership } from './membership.js';
import type { SharedBridge } from './shared-bridge.js';

/** Somebody who is in a shared bridge, or is to be. */
interface Member {
  readonly membership: Membership;
}

/** After an interruption of the event connection, tells the members of a shared bridge who are not seen in it any more. */
export function watchMembers(
  client: GapTeller,
  bridge: SharedBridge<FlowBridge>,
  members: ReadonlyMap<string, Member>,
): GapWatch {
  const all = (): Membership[] => [...members.values()].map(({ membership }) => membership);
  const look = async (): Promise<void> => {
    const bridgeId = bridge.current?.id;
    if (bridgeId !== undefined) {
      const inside = all().filter(({ isInside }) => isInside);
      const there = await bridge.look();
      const isThere = ({ channel }: Membership): boolean => there.includes(channel.id);
      inside.filter(isThere).forEach((member) => member.seen(bridgeId));
      const missing = inside.filter((member) => !isThere(member));
      await Promise.all(missing.map((member) => member.missed(bridgeId)));
    }
  };
  return new GapWatch(client, look, (error) => all().forEach((member) => member.fail(error)));
}
