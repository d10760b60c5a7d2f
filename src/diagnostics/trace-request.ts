import { AriHttpError } from '../errors/http-error.js';
import { requestEnd, requestError, requestStart, type RequestMessage } from './channels.js';

/** Tells of a request's start and end to whoever subscribed; without subscribers it costs next to nothing. */
export async function traceRequest<T>(
  describe: () => Omit<RequestMessage, 'attempts'>,
  run: (message: RequestMessage | undefined) => Promise<T>,
): Promise<T> {
  if (!requestStart.hasSubscribers && !requestEnd.hasSubscribers && !requestError.hasSubscribers) {
    return run(undefined);
  }
  const message: RequestMessage = { ...describe(), attempts: 0 };
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
