import type { BridgeFinder } from '../bridge.js';
import type { ConnectClient } from '../connect/options.js';

/** What `supervise` needs of a client. */
export interface SuperviseClient extends ConnectClient, BridgeFinder {
  readonly bridges: BridgeFinder['bridges'];
}
