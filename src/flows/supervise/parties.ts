import type { FlowBridge } from '../bridge.js';
import type { ConnectClient } from '../connect/options.js';

/** Options of a request. */
interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What `supervise` needs of a client. */
export interface SuperviseClient extends ConnectClient {
  readonly bridges: {
    handle(id?: string): FlowBridge;
    list(options?: CallOptions): Promise<readonly { readonly id: string; readonly channels: readonly string[] }[]>;
  };
}
