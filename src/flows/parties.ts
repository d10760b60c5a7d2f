import type { Subscription } from '../contract/subscription.js';

/** Options of a request or a wait. */
export interface CallOptions {
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A digit that a channel has received. */
interface DigitEvent {
  readonly digit: string;
}

/** What can be heard of a channel that is still there. */
type ChannelNews = 'ChannelHangupRequest' | 'ChannelTalkingStarted' | 'ChannelTalkingFinished';

/** The events after which a flow on a channel is over. */
export type ChannelEnd = 'StasisEnd' | 'ChannelDestroyed';

/**
 * What flows need of a channel, whatever bindings it is of: those of this package, or a user's own. A `Channel` and a
 * handle of one will do.
 */
export interface FlowChannel {
  readonly id: string;
  on(
    type: 'ChannelDtmfReceived',
    listener: (channel: unknown, event: DigitEvent) => unknown,
    options: { readonly distinct: true },
  ): Subscription;
  on(
    type: ChannelNews,
    listener: (channel: unknown, event: unknown) => unknown,
    options?: { readonly application: string },
  ): Subscription;
  waitFor(type: readonly ChannelEnd[], options?: CallOptions): Promise<unknown>;
  /** Whether it is still there is asked where nothing else would tell. */
  get(options?: CallOptions): Promise<{ readonly state: string }>;
  play(params: PlayedMedia, options?: CallOptions): Promise<FlowPlayback>;
}

/** What is played: media URIs, one after another, of those that the bindings know. */
export interface PlayedMedia {
  readonly media: string | readonly string[];
  /** Language of the sounds, such as `en`. @default that of the channel */
  readonly lang?: string | undefined;
}

/** What flows need of a channel that is recorded. */
export interface RecordableChannel extends FlowChannel {
  record(params: never, options?: CallOptions): Promise<FlowRecording>;
}

/** What flows need of a playback. */
export interface FlowPlayback {
  readonly id: string;
  waitFor(
    type: readonly ('PlaybackStarted' | 'PlaybackFinished')[],
    options?: CallOptions,
  ): Promise<{ readonly playback: PlaybackState }>;
  get(options?: CallOptions): Promise<PlaybackState>;
  stop(options?: CallOptions): Promise<void>;
}

/** How a playback stands. */
interface PlaybackState {
  readonly state: string;
  readonly media_uri: string;
}

/** What flows need of a recording that is being made. */
export interface FlowRecording {
  readonly name: string;
  waitFor(
    type: readonly ('RecordingFinished' | 'RecordingFailed')[],
    options?: CallOptions,
  ): Promise<{ readonly recording: RecordingState }>;
  stop(options?: CallOptions): Promise<void>;
  cancel(options?: CallOptions): Promise<void>;
  pause(options?: CallOptions): Promise<void>;
  unpause(options?: CallOptions): Promise<void>;
}

/** How a recording stands; times are in seconds. */
export interface RecordingState {
  readonly state: string;
  readonly duration?: number | undefined;
  readonly talking_duration?: number | undefined;
  readonly silence_duration?: number | undefined;
  readonly cause?: string | undefined;
}
