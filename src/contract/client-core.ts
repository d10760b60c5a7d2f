import type { Bindings, Operation } from './bindings.js';
import type { Dispatcher } from '../events/dispatcher.js';
import type { RetryOptions } from '../rest/retry-policy.js';

/** Options that every operation takes, as its last argument. */
export interface RequestOptions {
  /** Gives the request up: it then fails with {@link AriAbortError}. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Longest time from the call to the whole answer, in milliseconds; 0 for no limit.
   * @default the client's `timeoutMs` (10,000)
   */
  readonly timeoutMs?: number | undefined;
  /** How often it is repeated where that is safe; false for never. @default the client's `retry` */
  readonly retry?: RetryOptions | false | undefined;
}

/** What repositories and domain objects need of their client; not for applications. */
export interface ClientCore {
  readonly bindings: Bindings;
  readonly dispatcher: Dispatcher;
  /** Checks the parameters, sends the request, and makes domain objects of the answer. */
  invoke<T>(operation: Operation, params: object | undefined, options: RequestOptions | undefined): Promise<T>;
}
