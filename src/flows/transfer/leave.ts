import { AriHttpError } from '../../errors/http-error.js';
import { bridgeOf } from '../bridge.js';
import { mayBeHeld } from '../held.js';
import { unhold } from '../hold.js';
import type { FlowChannel } from '../parties.js';
import type { Watch } from '../watch.js';
import type { TransferOptions } from './options.js';
import type { LeavableBridge, TransferableChannel, TransferClient } from './parties.js';

/** How Asterisk answers where the channel is not in the bridge any more, or one of them is gone. */
const outAlready: ReadonlySet<number> = new Set([400, 404, 409, 422]);

/** Takes the two of a call out of its bridge, which is looked for unless it is given, and off hold. */
export async function leaveCall<C>(
  client: TransferClient,
  { transferee, transferrer, bridge }: TransferOptions<C>,
  watch: Watch,
): Promise<void> {
  const parties = [transferee, transferrer];
  await leave(bridge ?? (await bridgeOf(client, ...parties)), parties, watch);
  await leaveHold(parties, watch);
}

/** Takes channels out of a bridge, unless they are out already: who hangs up goes by himself, and so does all of a bridge. */
async function leave(
  bridge: LeavableBridge | undefined,
  channels: readonly FlowChannel[],
  watch: Watch,
): Promise<void> {
  for (const { id } of bridge === undefined || watch.ending !== undefined ? [] : channels) {
    try {
      await bridge?.removeChannel({ channel: id } as never);
    } catch (error) {
      if (!(error instanceof AriHttpError && outAlready.has(error.status))) {
        throw error;
      }
    }
  }
}

/** Who was put on hold before, for the transfer, say, is to be heard by whom they are transferred to. */
async function leaveHold(channels: readonly TransferableChannel[], watch: Watch): Promise<void> {
  for (const channel of channels) {
    if (mayBeHeld(channel.id) && watch.ending === undefined) {
      await unhold(channel);
    }
  }
}
