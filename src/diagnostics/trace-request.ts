import { AriHttpError } from '../errors/http-error.js';
import { requestEnd, requestError, requestStart, type RequestMessage } from './channels.js';

/** Tells of a request's start and end to whoever subscribed; without subscribers it costs next to nothing. */
export function traceRequest<T>(
  describe: () => Omit<RequestMessage, 'attempts'>,
  run: (message: RequestMessage | undefined) => Promise<T>,
): Promise<T> {
  const isHeard = requestStart.hasSubscribers || requestEnd.hasSubscribers || requestError.hasSubscribers;
  return isHeard ? trace({ ...describe(), attempts: 0 }, run) : run(undefined);
}

async function trace<T>(message: RequestMessage, run: (message: RequestMessage) => Promise<T>): Promise<T> {
  requestStart.publish(message);
  try {
    const result = await run(message);
    requestEnd.publish(message);
    return result;
  } catch (error) {
    note(message, error instanceof AriHttpError ? { error, status: error.status } : { error });
    requestError.publish(message);
    throw error;
  }
}

/** Adds to what is told of a request. A subscriber may have frozen it, or worse: the request goes on all the same. */
export function note(message: RequestMessage | undefined, progress: Partial<RequestMessage>): void {
  if (message === undefined) {
    return;
  }
  try {
    Object.assign(message, progress);
  } catch {
    // Then that is what he sees.
  }
}
