import { closedBehind } from '../errors/client-closed.js';
import { AriConnectionError } from '../errors/connection-error.js';
import { ServerError } from '../errors/server-error.js';
import { AriTimeoutError } from '../errors/timeout-error.js';

/** Whether a request may succeed when it is sent again: Asterisk cannot do it at the moment, or it did not reach it. */
export function mayPass(error: unknown): boolean {
  return error instanceof ServerError || error instanceof AriConnectionError;
}

/** The same, or no answer came in time; not where the client was closed. */
export function isOutage(error: unknown): boolean {
  return (mayPass(error) || error instanceof AriTimeoutError) && closedBehind(error) === undefined;
}

/** Whether a request without an answer may have been carried out. */
export function mayBeDone(error: unknown): boolean {
  const isUnanswered = error instanceof AriConnectionError || error instanceof AriTimeoutError;
  return isUnanswered && error.delivery === 'outcomeUnknown';
}
