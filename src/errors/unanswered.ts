import { AriAbortError } from './abort-error.js';
import { AriConnectionError } from './connection-error.js';
import type { Delivery } from './delivery.js';
import { AriTimeoutError } from './timeout-error.js';

/** The errors of a request without an answer, which tell what became of it. */
export type Unanswered = AriConnectionError | AriAbortError;

export function isUnanswered(error: unknown): error is Unanswered {
  return error instanceof AriConnectionError || error instanceof AriAbortError;
}

/** The same error with more words at its end, in which it is the cause; where it was given up, that stays the reason. */
export function retold(error: Unanswered, more: string, delivery: Delivery = error.delivery): Unanswered {
  const message = error.message + more;
  if (error instanceof AriAbortError) {
    return new AriAbortError(message, delivery, { cause: error.cause });
  }
  return error instanceof AriTimeoutError
    ? new AriTimeoutError(message, error.timeoutMs, delivery, { cause: error })
    : new AriConnectionError(message, delivery, { cause: error });
}

/** What a request ends with of which an earlier attempt may have been carried out: that the last was not sent is not all. */
export function afterUnclear(error: unknown, more = 'an earlier attempt may have been carried out'): unknown {
  return isUnanswered(error) && error.delivery === 'notSent' ? retold(error, `; ${more}`, 'outcomeUnknown') : error;
}
