import { AriError } from '../../errors/ari-error.js';
import { closedBehind } from '../../errors/client-closed.js';
import type { ReleasableChannel } from '../lines.js';
import { hangUp } from '../persist.js';

/** What came of hanging the transferrer up. */
export interface Released {
  /** Why the transferrer could not be hung up, whose channel is left then: the transfer goes on all the same. */
  readonly hangupError?: AriError;
}

/**
 * Hangs the transferrer up. That he cannot be is told, and does not take the call from who is transferred.
 * @throws what says that nothing can be done any more: the client is closed
 */
export async function release(transferrer: ReleasableChannel): Promise<Released> {
  try {
    await hangUp(transferrer);
    return {};
  } catch (error) {
    if (!(error instanceof AriError) || closedBehind(error) !== undefined) {
      throw error;
    }
    return { hangupError: error };
  }
}
