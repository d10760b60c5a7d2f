import type { ConnectClient } from '../connect/options.js';
import type { DialClient } from '../dial/parties.js';
import type { ReleasableChannel } from '../lines.js';
import type { MemberChannel } from '../membership.js';
import type { CallOptions } from '../parties.js';

/** What a queue needs of the channel of a caller. A `Channel` and a handle of one will do. */
export interface QueueChannel extends ReleasableChannel {
  /** Who calls. A handle does not know. */
  readonly caller?: { readonly name: string; readonly number: string };
  on: ReleasableChannel['on'] & MemberChannel['on'];
  answer(options?: CallOptions): Promise<void>;
  // Bindings differ in what they take: what is given here is a part of what each of them does.
  setChannelVar(params: never, options?: CallOptions): Promise<void>;
}

/** What a queue needs of a client. */
export type QueueClient = DialClient & ConnectClient;
