import { AriConnectionError } from '../errors/connection-error.js';
import { AriTimeoutError } from '../errors/timeout-error.js';
import { isMissingPage } from './booting.js';
import { creationOf } from './creation.js';
import type { AriRequest } from './request.js';
import type { AriResponse } from './transport.js';

/** What came of sending a request once: an answer, or an error. */
export interface Outcome {
  readonly response?: AriResponse;
  readonly error?: unknown;
  /** Repeating it would not be safe, whatever the policy. */
  readonly isFinal?: boolean;
}

/** Failures to reach a server that pass by themselves. */
const transient = new Set(['ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);

/** Whether to send the request once more can do no harm, and may help. */
export function isRepeatable(request: AriRequest, outcome: Outcome): boolean {
  const { method } = request.operation;
  if (outcome.isFinal) {
    return false;
  }
  if (outcome.response !== undefined) {
    return method === 'GET' && [502, 503, 504].includes(outcome.response.status);
  }
  return isLost(outcome) ? method !== 'POST' || creationOf(request) !== undefined : isUnreached(outcome);
}

/** The connection is gone, and the request may have reached Asterisk. */
export function isLost({ error }: Outcome): boolean {
  return (
    error instanceof AriConnectionError && !(error instanceof AriTimeoutError) && error.delivery === 'outcomeUnknown'
  );
}

/** The time was over before there was an answer. */
export function isLate({ error }: Outcome): boolean {
  return error instanceof AriTimeoutError;
}

/** Asterisk says that there is no such object. */
export function isMissing({ response }: Outcome): boolean {
  return response?.status === 404 && !isMissingPage(response);
}

function isUnreached({ error }: Outcome): boolean {
  const cause = error instanceof AriConnectionError ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
  return transient.has(cause?.code ?? '');
}
