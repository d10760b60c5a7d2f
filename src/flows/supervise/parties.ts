import type { FlowBridge } from '../bridge.js';
import type { ConnectClient } from '../connect/options.js';
import type { CallOptions } from '../parties.js';

/** What `supervise` needs of a client. */
export interface SuperviseClient extends ConnectClient {
  readonly bridges: {
    handle(id?: string): FlowBridge;
    list(options?: CallOptions): Promise<readonly { readonly id: string; readonly channels: readonly string[] }[]>;
  };
}
