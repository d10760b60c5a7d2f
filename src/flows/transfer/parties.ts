import type { Subscription } from '../../contract/subscription.js';
import type { BridgeFinder, FlowBridge } from '../bridge.js';
import type { CallingChannel, DialedChannel, DialClient } from '../dial/parties.js';
import type { HoldableChannel } from '../hold.js';
import type { ReleasableChannel } from '../lines.js';
import type { CallOptions } from '../parties.js';

/** What transfers need of the two channels of a call. A `Channel` and a handle of one will do. */
export interface TransferableChannel extends CallingChannel, HoldableChannel, ReleasableChannel {}

/** What transfers need of the channels that they make. */
export type TargetChannel = DialedChannel & ReleasableChannel;

/** What transfers need of a client. */
export interface TransferClient extends DialClient, BridgeFinder {
  readonly channels: { handle(id?: string): TargetChannel };
  readonly bridges: BridgeFinder['bridges'];
}

/** What a phone that asks for a transfer is told through. */
export interface TransferringChannel extends ReleasableChannel {
  // Bindings differ in what they take: what is given here is a part of what each of them does.
  transferProgress(params: never, options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
}

/** A phone asks for a transfer, or Asterisk repeats that as the application reports on it. */
export interface TransferEvent<C, B> {
  readonly state?: string | undefined;
  readonly refer_to: {
    readonly requested_destination: { readonly destination: string; readonly protocol_id?: string | undefined };
    readonly destination_channel?: C | undefined;
    readonly connected_channel?: C | undefined;
    readonly bridge?: B | undefined;
  };
  readonly referred_by: {
    readonly source_channel: C;
    readonly connected_channel?: C | undefined;
    readonly bridge?: B | undefined;
  };
}

/** What `onTransferRequested` needs of a bridge. */
export interface MemberBridge {
  readonly channels: readonly string[];
}

/** What `onTransferRequested` needs of a client. */
export interface TransferSource<C extends TransferringChannel, B> {
  readonly channels: { get(params: { readonly channelId: string }, options?: CallOptions): Promise<C> };
  on(
    type: 'ChannelTransfer',
    listener: (event: TransferEvent<C, B>) => unknown,
    options: { readonly distinct: true },
  ): Subscription;
}

/** What needs a bridge to be left. */
export type LeavableBridge = Pick<FlowBridge, 'removeChannel'>;
