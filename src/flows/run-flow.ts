import { AriAbortError } from '../errors/abort-error.js';
import { closedBehind } from '../errors/client-closed.js';
import { namedFor } from '../support/check-option.js';

/**
 * Runs a flow, whose name is in what it fails with: a wrong option; or that the client was closed meanwhile, whichever
 * of its requests and waits has told so first.
 */
export async function runFlow<T>(flow: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw errorOf(flow, error);
  }
}

/** What a flow fails with: the error, with its name. */
export function errorOf(flow: string, error: unknown): unknown {
  const cause = closedBehind(error);
  // What it had sent may have been done.
  return cause === undefined
    ? namedFor(flow, error)
    : new AriAbortError(`the client was closed during ${flow}`, 'outcomeUnknown', { cause });
}
