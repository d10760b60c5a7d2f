import { AriError, nameError } from './ari-error.js';
import type { Delivery } from './delivery.js';

/** The caller gave up through its `AbortSignal`, whose reason is the `cause`; or the client was closed. */
export class AriAbortError extends AriError {
  static {
    nameError(this, 'AriAbortError');
  }

  /** Whether the request was certainly not sent, or its outcome is unknown. */
  readonly delivery: Delivery;

  constructor(message: string, delivery: Delivery, options?: ErrorOptions) {
    super(message, options);
    this.delivery = delivery;
  }
}
