import { checkChoice } from '../../support/check-option.js';
import type { BridgeOf } from '../bridge.js';
import { dial, type DialResult } from '../dial/dial.js';
import type { ChannelOf } from '../dial/parties.js';
import { runFlow } from '../run-flow.js';
import { Watch } from '../watch.js';
import { checkTransfer, type TransferOptions } from './options.js';
import { leaveCall } from './leave.js';
import { release, type Released } from './release.js';
import type { TransferClient } from './parties.js';

/** Options of {@link blindTransfer}. */
export interface BlindTransferOptions<C> extends TransferOptions<C> {
  /**
   * When the transferrer is hung up: `atOnce`; `onAnswer`, so that he is still there if nobody answers; or `never`, as where
   * his phone is to be told first that the transfer is done. @default `atOnce`
   */
  readonly release?: 'atOnce' | 'onAnswer' | 'never' | undefined;
}

/** How {@link blindTransfer} ended. */
export type BlindTransferResult<C, B> = DialResult<C, B> & Released;

/**
 * Dials somebody else for one of two who talk to each other, and hangs the other up. How it ended is what `dial` says, whose
 * caller is the transferee: `answered` has the channel to connect him with; after anything else he is still in the
 * application, unless he has hung up, and so is a transferrer who was not released.
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests and `confirm` throw
 */
export async function blindTransfer<Client extends TransferClient>(
  client: Client,
  options: BlindTransferOptions<ChannelOf<Client>>,
): Promise<BlindTransferResult<ChannelOf<Client>, BridgeOf<Client>>> {
  return runFlow('blindTransfer', () => transferBlind(client, options));
}

async function transferBlind<Client extends TransferClient>(
  client: Client,
  options: BlindTransferOptions<ChannelOf<Client>>,
): Promise<BlindTransferResult<ChannelOf<Client>, BridgeOf<Client>>> {
  const dialing = checkTransfer('blindTransfer', client, options, ['release']);
  const when = checkChoice('release', options.release, ['atOnce', 'onAnswer', 'never']);
  const { transferee, transferrer, signal } = options;
  const watch = new Watch(transferee, signal);
  let released: Released = {};
  try {
    if (watch.ending === undefined) {
      await leaveCall(client, options, watch);
    }
    if (watch.ending === undefined && when === 'atOnce') {
      released = await release(transferrer);
    }
  } finally {
    watch.close();
  }
  const result = await dial(client, { ...dialing, caller: transferee });
  if (result.reason === 'answered' && when === 'onAnswer') {
    released = await release(transferrer);
  }
  return { ...result, ...released };
}
