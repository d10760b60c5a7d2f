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
    message.error = error;
    if (error instanceof AriHttpError) {
      message.status = error.status;
    }
    requestError.publish(message);
    throw error;
  }
}
