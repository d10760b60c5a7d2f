import type { BridgeMaker, FlowBridge } from '../bridge.js';
import type { GapTeller } from '../gap-watch.js';
import type { HangupCause } from '../lines.js';
import type { CallOptions, FlowChannel } from '../parties.js';
import type { Subscription } from '../../contract/subscription.js';

/** How a dialling stands. */
interface DialEvent {
  readonly dialstatus: string;
  readonly peer: { readonly id: string };
}

/** The end of a channel. */
interface DestroyedEvent {
  readonly cause?: number | undefined;
}

interface Listening {
  on(type: 'Dial', listener: (channels: unknown, event: DialEvent) => unknown): Subscription;
  on(type: 'ChannelDestroyed', listener: (channel: unknown, event: DestroyedEvent) => unknown): Subscription;
  on(type: 'StasisStart' | 'StasisEnd', listener: (channel: unknown, event: unknown) => unknown): Subscription;
}

/** What `dial` needs of the channels that it makes. A `Channel` and a handle of one will do. */
export type DialedChannel = FlowChannel &
  Listening & {
    get(options?: CallOptions): Promise<{ readonly state: string }>;
    // Bindings differ in what they take: what is given here is a part of what each of them does.
    originateWithId(params: never, options?: CallOptions): Promise<unknown>;
    create(params: never, options?: CallOptions): Promise<unknown>;
    dial(params: never, options?: CallOptions): Promise<void>;
    hangup(params?: HangupCause, options?: CallOptions): Promise<void>;
  };

/** What `dial` needs of the channel of a caller. A `Channel` and a handle of one will do. */
export interface CallingChannel extends FlowChannel {
  /** Who calls. A handle does not know. */
  readonly caller?: { readonly name: string; readonly number: string };
  answer(options?: CallOptions): Promise<void>;
  ring(options?: CallOptions): Promise<void>;
  ringStop(options?: CallOptions): Promise<void>;
  startMoh(params?: { readonly mohClass?: string | undefined }, options?: CallOptions): Promise<void>;
  stopMoh(options?: CallOptions): Promise<void>;
}

/** What `dial` needs of a client. */
export interface DialClient extends BridgeMaker, GapTeller {
  readonly channels: { handle(id?: string): DialedChannel };
  readonly bridges: { handle(id?: string): FlowBridge };
}

/** The channels of a client, as `dial` hands them out. */
export type ChannelOf<Client extends DialClient> = ReturnType<Client['channels']['handle']>;
