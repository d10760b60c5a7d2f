import { NotFoundError } from '../../errors/not-found-error.js';
import type { MemberBridge, TransferEvent, TransferringChannel, TransferSource } from './parties.js';

/** Whom a phone talks to that asks for a transfer: in the call that is transferred, and in its second one. */
export interface TransferParties<C> {
  readonly transferee: C | undefined;
  readonly second: C | undefined;
}

/**
 * Who those are. Asterisk names them only where nobody else is in the bridge, its own channels included that record there or
 * play: the only other one that it lists is asked for.
 */
export async function partiesOf<C extends TransferringChannel, B extends MemberBridge>(
  client: TransferSource<C, B>,
  { referred_by: first, refer_to: second }: TransferEvent<C, B>,
): Promise<TransferParties<C>> {
  const [transferee, other] = await Promise.all([
    first.connected_channel ?? partyOf(client, first.source_channel, first.bridge),
    second.connected_channel ?? partyOf(client, second.destination_channel, second.bridge),
  ]);
  return { transferee, second: other };
}

async function partyOf<C extends TransferringChannel, B extends MemberBridge>(
  client: TransferSource<C, B>,
  channel: C | undefined,
  bridge: B | undefined,
): Promise<C | undefined> {
  const [id, ...more] = (bridge?.channels ?? []).filter((member) => member !== channel?.id);
  if (channel === undefined || id === undefined || more.length > 0) {
    return undefined;
  }
  try {
    return await client.channels.get({ channelId: id });
  } catch (error) {
    if (error instanceof NotFoundError) {
      return undefined;
    }
    throw error;
  }
}
