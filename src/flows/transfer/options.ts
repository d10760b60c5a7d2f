import { checkGivenOptions, refuseOption } from '../../support/check-option.js';
import { checkParty, checkPartyOption, checkSameAsteriskOption } from '../check.js';
import { checkDial, dialOptions, type DialOptions } from '../dial/options.js';
import type { ChannelOf } from '../dial/parties.js';
import type { LeavableBridge, TransferableChannel, TransferClient } from './parties.js';

/** Options of every transfer: whom, and where to; with those of `dial`. */
export interface TransferOptions<C> extends Omit<DialOptions<C>, 'caller'> {
  /** Who is transferred; in the application. */
  readonly transferee: TransferableChannel;
  /** Who transfers; in the application. */
  readonly transferrer: TransferableChannel;
  /** The bridge in which they are, if they are in one; both are taken out of it. @default it is looked for */
  readonly bridge?: LeavableBridge | undefined;
}

/** @throws {AriValidationError} */
export function checkTransfer<Client extends TransferClient, O extends TransferOptions<ChannelOf<Client>>>(
  flow: string,
  client: Client,
  options: O,
  more: readonly string[],
): DialOptions<ChannelOf<Client>> {
  const known = [...dialOptions.filter((name) => name !== 'caller'), 'transferee', 'transferrer', 'bridge', ...more];
  checkGivenOptions(flow, options, known);
  checkParty(flow, 'client', client, ['bridges.list']);
  const { transferee, transferrer, bridge } = options;
  for (const [name, party] of Object.entries({ transferee, transferrer })) {
    checkPartyOption(name, party, ['on', 'waitFor', 'answer', 'ring', 'startMoh', 'unmute', 'hangup']);
    checkSameAsteriskOption(name, party, client);
  }
  if (transferee.id === transferrer.id) {
    throw refuseOption('transferrer', `must be another channel than the transferee, ${transferee.id}`);
  }
  if (bridge !== undefined) {
    checkPartyOption('bridge', bridge, ['removeChannel']);
    checkSameAsteriskOption('bridge', bridge, client);
  }
  const dialing = Object.fromEntries(Object.entries(options).filter(([name]) => isOfDial(name))) as O;
  // Whatever is wrong is refused before anything has happened to the call.
  checkDial(flow, client, { ...dialing, caller: transferee });
  return dialing;
}

function isOfDial(name: string): boolean {
  return (dialOptions as readonly string[]).includes(name);
}
