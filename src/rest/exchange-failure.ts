import type { Delivery } from '../errors/delivery.js';

/** What went wrong, told by who knows whether the request had left by then: the error alone often does not say. */
export class ExchangeFailure extends Error {
  readonly failure: unknown;
  readonly delivery: Delivery;

  constructor(failure: unknown, delivery: Delivery) {
    super('the request failed');
    this.failure = failure;
    this.delivery = delivery;
  }
}
