/// <reference lib="esnext.disposable" />

/** One registered listener. Closing it twice does no harm. */
export interface Subscription extends Disposable {
  /**
   * Resolves when Asterisk sends what is listened to: that is at once, unless `eventFilter: 'auto'` has it send only what
   * somebody listens to. It never rejects.
   */
  readonly ready: Promise<void>;
  /** True once the listener is not called any more. */
  readonly closed: boolean;
  /** Takes the listener away. */
  close(): void;
}

/**
 * Which of the copies of an event count: Asterisk sends one to every application that it concerns. With
 * `start(['a', 'b'], { subscribeAll: true })`, or where one application calls into the other, everything comes twice.
 */
export interface EventChoice {
  /** Only what comes for this application; it must be one that the client was started for, once it is. */
  readonly application?: string | undefined;
  /**
   * Each happening once, whichever application it comes for: the first copy at once, those that come within 10 s of it
   * not. What is about its application, `StasisStart`, `StasisEnd`, `ApplicationReplaced` and the like, counts for each of
   * them. It costs making a text of each event.
   * @default false
   */
  readonly distinct?: boolean | undefined;
}

/** Options of `on` and `once`. */
export interface ListenOptions extends EventChoice {
  /** Closes the subscription when it aborts. */
  readonly signal?: AbortSignal | undefined;
}
