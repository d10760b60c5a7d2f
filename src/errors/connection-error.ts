import { AriError, nameError } from './ari-error.js';
import type { Delivery } from './delivery.js';

/** Asterisk could not be reached, or the connection was lost before the answer. */
export class AriConnectionError extends AriError {
  static {
    nameError(this, 'AriConnectionError');
  }

  /** Whether the request was certainly not sent, or its outcome is unknown. */
  readonly delivery: Delivery;

  constructor(message: string, delivery: Delivery, options?: ErrorOptions) {
    super(message, options);
    this.delivery = delivery;
  }
}
