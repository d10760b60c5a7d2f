import type { BridgeFinder } from '../bridge.js';
import type { ConnectClient } from '../connect/options.js';
import type { ChannelFinder } from '../lines.js';

/** What `supervise` needs of a client. */
export interface SuperviseClient extends ConnectClient, BridgeFinder, ChannelFinder {
  readonly bridges: BridgeFinder['bridges'];
}
