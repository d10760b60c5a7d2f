import type { BridgeOf, FlowBridge } from '../bridge.js';
import type { ChannelOf } from '../dial/parties.js';
import type { SharedBridge } from '../shared-bridge.js';
import type { Agents } from './agents.js';
import type { QueuePlace, QueueRules } from './options.js';
import type { QueueChannel, QueueClient } from './parties.js';

/** What a caller needs of the queue. */
export interface Line<Client extends QueueClient> {
  readonly client: Client;
  readonly rules: QueueRules<ChannelOf<Client>, BridgeOf<Client>>;
  readonly agents: Agents;
  readonly bridge: SharedBridge<FlowBridge>;
  /** How a caller stands. */
  placeOf(channel: QueueChannel): QueuePlace;
  /** A caller's place among those who get the agents that are free. */
  turnOf(channel: QueueChannel): number;
  /** Somebody is answered who has waited for so long. */
  answered(waitedMs: number): void;
  /** Somebody has come or gone, or an agent has something else to do. */
  changed(): void;
}
