import { setTimeout as sleep } from 'node:timers/promises';
import { AriConnectionError } from '../errors/connection-error.js';
import { ServerError } from '../errors/server-error.js';

/** The pauses before a request that ends something is sent again, in milliseconds. */
const pauses = [100, 500, 2_000] as const;

/**
 * Ends something that would otherwise be left: what Asterisk cannot do at the moment, or what did not reach it, is asked for
 * again a few times.
 * @throws the error of the last attempt, which names the request, and so what is left; any other at once
 */
export async function persist<T>(send: () => Promise<T>): Promise<T> {
  for (const ms of pauses) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof ServerError || error instanceof AriConnectionError)) {
        throw error;
      }
      await sleep(ms);
    }
  }
  return send();
}
