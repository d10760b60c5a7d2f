import { AriHttpError } from '../errors/http-error.js';
import { bootingMs } from '../rest/booting.js';

/**
 * Whether asking again is hopeless. Asterisk refuses for good who we are and what we ask for, with one exception: for a
 * while after it was restarted nothing of ARI is there yet.
 * @param forMs how long it has answered the same
 */
export function isFinalRefusal(error: Error, forMs: number): boolean {
  if (!(error instanceof AriHttpError)) {
    return false;
  }
  const { status } = error;
  if (status === 404) {
    return forMs >= bootingMs;
  }
  // 408, 425 and 429 are words of proxies for "later".
  return status < 500 && status !== 408 && status !== 425 && status !== 429;
}

/**
 * Whether a close code says that the same connection, opened again, would be closed again. No code of Asterisk does: it
 * closes when it shuts down (1000, 1001) and when we read too slowly (1011); all others stand for an accident.
 */
export function isFinalClose(code: number): boolean {
  return code === policyViolation || code === extensionMissing;
}

const policyViolation = 1008;
const extensionMissing = 1010;
