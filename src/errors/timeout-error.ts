import { nameError } from './ari-error.js';
import { AriConnectionError } from './connection-error.js';
import type { Delivery } from './delivery.js';

/** No answer, or no awaited event, within the time allowed. */
export class AriTimeoutError extends AriConnectionError {
  static {
    nameError(this, 'AriTimeoutError');
  }

  /** The time allowed, in milliseconds. */
  readonly timeoutMs: number;

  constructor(message: string, timeoutMs: number, delivery: Delivery, options?: ErrorOptions) {
    super(message, delivery, options);
    this.timeoutMs = timeoutMs;
  }
}
