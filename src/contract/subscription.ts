/// <reference lib="esnext.disposable" />

/** One registered listener. Closing it twice does no harm. */
export interface Subscription extends Disposable {
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
