import type { FlowBridge } from '../bridge.js';
import type { GapTeller } from '../gap-watch.js';
import type { MemberChannel } from '../membership.js';
import type { CallOptions, FlowRecording } from '../parties.js';
import type { StoredTeller } from '../record/parties.js';
import type { TalkingChannel } from '../talking.js';

/** What a conference needs of the channels in it. A `Channel` and a handle of one will do. */
export interface ConferenceChannel extends TalkingChannel {
  on: TalkingChannel['on'] & MemberChannel['on'];
  // Bindings differ in what they take: what is given here is a part of what each of them does.
  mute(params: never, options?: CallOptions): Promise<void>;
  unmute(params: never, options?: CallOptions): Promise<void>;
  startMoh(params?: { readonly mohClass?: string | undefined }, options?: CallOptions): Promise<void>;
  stopMoh(options?: CallOptions): Promise<void>;
}

/** What a conference needs of its bridge. */
export interface ConferenceBridge extends FlowBridge {
  record(params: never, options?: CallOptions): Promise<FlowRecording>;
}

/** What a conference needs of a client. */
export interface ConferenceClient extends GapTeller, StoredTeller {
  /** Rejects when the client is closed, whatever else becomes of it. */
  waitFor(type: 'gap', options: CallOptions & { readonly where: () => boolean }): Promise<unknown>;
  readonly bridges: { handle(id?: string): ConferenceBridge };
}
