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

/** Options of `on` and `once`. */
export interface ListenOptions {
  /** Closes the subscription when it aborts. */
  readonly signal?: AbortSignal | undefined;
}
