import { NotFoundError } from '../../errors/not-found-error.js';
import type { BridgeOf, FlowBridge } from '../bridge.js';
import { converse, type ConnectResult } from '../connect/connect.js';
import type { ChannelOf } from '../dial/parties.js';
import type { QueueConversation, QueueRules } from './options.js';
import type { QueueClient } from './parties.js';

/** How a conversation ended, and what telling the application of it failed with. */
interface TalkResult extends ConnectResult {
  readonly failure: { readonly error: unknown } | undefined;
}

/**
 * Has a caller and an agent talk to each other, and tells the application so, for which nobody waits.
 * @param onConnected is called once both are in their bridge
 */
export async function talk<Client extends QueueClient>(
  client: Client,
  rules: Pick<QueueRules<ChannelOf<Client>, BridgeOf<Client>>, 'hangup' | 'onConnected'>,
  parties: Omit<QueueConversation<ChannelOf<Client>, BridgeOf<Client>>, 'bridge' | 'signal'>,
  signal: AbortSignal | undefined,
  onConnected: () => void,
): Promise<TalkResult> {
  const over = new AbortController();
  let failure: TalkResult['failure'];
  const tell = async (bridge: FlowBridge): Promise<void> => {
    onConnected();
    try {
      await rules.onConnected?.({ ...parties, bridge: bridge as BridgeOf<Client>, signal: over.signal });
    } catch (error) {
      failure = over.signal.aborted || isOfParted(error) ? undefined : { error };
    }
  };
  const options = {
    channels: [parties.caller, parties.channel],
    hangup: rules.hangup === 'both' ? 'both' : 'second',
    signal,
  } as const;
  try {
    const ended = await converse(client, options, (bridge) => void tell(bridge));
    return { ...ended, failure };
  } finally {
    over.abort();
  }
}

/** With those who have parted meanwhile there is nothing left to be done. */
function isOfParted(error: unknown): boolean {
  return error instanceof NotFoundError && (error.what === 'channel' || error.what === 'bridge');
}
