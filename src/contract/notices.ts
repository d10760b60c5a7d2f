/** What the client tells its listeners besides Asterisk's events. */
export const notices = [
  '*',
  'unknown',
  'malformed',
  'invalid',
  'listenerError',
  'state',
  'gap',
  'present',
  'replaced',
  'slow',
] as const;

/** Objects by kind, each by its id. */
export interface ObjectIds {
  readonly channels: readonly string[];
  readonly bridges: readonly string[];
  readonly playbacks: readonly string[];
  readonly liveRecordings: readonly string[];
}

/**
 * The event connection was interrupted: what happened in the meantime was not heard. Applications, subscriptions and
 * event filters are again as they were; of the objects that were listened to one by one, this is what is left. Listeners of
 * a repository or of the client name no object. A fleet's client tells of the calls of its worker as well, listened to or not.
 */
export interface GapNotice {
  /** When the connection was lost; of a relay that has said no good-bye, when it was last heard. */
  readonly since: Date;
  /** How long it was gone, in milliseconds. */
  readonly durationMs: number;
  /** The applications that are registered again. */
  readonly apps: readonly string[];
  /** Ended in the meantime: listeners were taken away, waits have failed with {@link ObjectGoneError}. */
  readonly gone: ObjectIds;
  /** Still there; its state may have changed. */
  readonly alive: ObjectIds;
  /** Asterisk gave no usable answer about these; the client goes on asking. */
  readonly unclear: ObjectIds;
}

/**
 * A client was started for applications that were not empty: an earlier process has left channels or bridges there. None
 * of these comes with a `StasisStart`; a handle (`client.channels.handle(id)`) takes one on, or hangs it up.
 */
export interface PresentNotice {
  /** The applications that the client was started for. */
  readonly apps: readonly string[];
  /**
   * Ids of the channels whose events these get: those that are in them, and what they are subscribed to, such as the other
   * half of a Local channel that was originated for them. Of all in Asterisk, where `subscribeAll` has them get those of all.
   */
  readonly channels: readonly string[];
  /** Ids of the bridges, likewise. */
  readonly bridges: readonly string[];
}

/** Another connection has registered an application of this client, which gets no more events of it. */
export interface ReplacedNotice {
  readonly app: string;
  /** The applications that are left; without any, the event connection ends. */
  readonly remaining: readonly string[];
  /** The client is about to take it back: its option `whenReplaced` says so. */
  readonly takingBack: boolean;
}

/** The application is too slow: if that goes on, events will be lost. */
export type SlowNotice =
  /** The event loop was blocked. Asterisk cuts a connection that reads nothing for 100 ms once its buffers are full. */
  | { readonly cause: 'eventLoop'; readonly blockedMs: number }
  /** A stream's consumer falls behind: its queue is at least half full, or events were dropped. */
  | {
      readonly cause: 'stream';
      /** Which stream. */
      readonly stream: string;
      readonly queued: number;
      readonly maxQueued: number;
      /** Events dropped so far. */
      readonly dropped: number;
    };
