import type { FlowBridge } from '../bridge.js';
import type { ChannelFinder } from '../lines.js';
import type { CallOptions, FlowPlayback, FlowRecording } from '../parties.js';

/** What is recorded: a channel, a bridge. */
export interface Recordable {
  record(params: never, options?: CallOptions): Promise<FlowRecording>;
}

/** What `recordMessage` needs of a bridge. A `Bridge` and a handle of one will do. */
export interface RecordableBridge extends Recordable {
  play(params: never, options?: CallOptions): Promise<FlowPlayback>;
}

/** What flows need of a client to ask what is stored. */
export interface StoredTeller {
  readonly recordings: {
    getStored(params: { readonly recordingName: string }, options?: CallOptions): Promise<unknown>;
  };
}

/** What `recordMessage` needs of a client: to mend a channel that Asterisk wrongly refuses, and to ask what is stored. */
export interface RecordClient extends StoredTeller, ChannelFinder {
  readonly bridges: {
    handle(id?: string): FlowBridge;
    list(options?: CallOptions): Promise<readonly { readonly channels: readonly string[] }[]>;
  };
}

/** What flows need of a client to keep recordings and to throw them away. */
export interface RecordingStore {
  readonly recordings: StoredTeller['recordings'] & {
    copyStored(
      params: { readonly recordingName: string; readonly destinationRecordingName: string },
      options?: CallOptions,
    ): Promise<unknown>;
    deleteStored(params: { readonly recordingName: string }, options?: CallOptions): Promise<void>;
  };
}
