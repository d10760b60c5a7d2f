import type { MalformedMedia, MediaEvent, MediaStartEvent, UnknownMediaEvent } from '../protocol/events.js';
import type { MediaListenerFailure } from './emitter.js';
import type { DroppedNotice } from './receiver.js';

type Heard = Exclude<MediaEvent, MediaStartEvent>;

/** What can be listened to: Asterisk's events by their names, and what the connection itself has to tell. */
export type MediaEvents = { readonly [E in Heard as E['event']]: E } & {
  /** An event of a kind that is not known here. */
  readonly unknown: UnknownMediaEvent;
  /** What came is no event, and no audio either. */
  readonly malformed: MalformedMedia;
  /** Audio that nobody read in time was let go; told at most once a second. */
  readonly dropped: DroppedNotice;
  /** A listener threw, or its promise was rejected. */
  readonly listenerError: MediaListenerFailure;
};

const names: { readonly [T in keyof MediaEvents]: true } = {
  DTMF_END: true,
  MEDIA_XOFF: true,
  MEDIA_XON: true,
  QUEUE_DRAINED: true,
  STATUS: true,
  MEDIA_BUFFERING_COMPLETED: true,
  MEDIA_MARK_PROCESSED: true,
  ERROR: true,
  unknown: true,
  malformed: true,
  dropped: true,
  listenerError: true,
};

export const mediaEventNames: ReadonlySet<string> = new Set(Object.keys(names));
