import { AriConnectionError } from '../errors/connection-error.js';
import { ServerError } from '../errors/server-error.js';

/** Whether a request may succeed when it is sent again: Asterisk cannot do it at the moment, or it did not reach it. */
export function mayPass(error: unknown): boolean {
  return error instanceof ServerError || error instanceof AriConnectionError;
}
