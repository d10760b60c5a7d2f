import { AriTimeoutError } from '../errors/timeout-error.js';
import { ObjectGoneError } from '../errors/object-gone-error.js';
import { afterUnclear, isUnanswered, retold } from '../errors/unanswered.js';
import type { HangupCause, ReleasableChannel } from './lines.js';
import { mayPass } from './outage.js';
import type { CallOptions, FlowChannel } from './parties.js';
import { unlessGone } from './watch.js';

/** The pauses before a request that ends something is sent again, in milliseconds. */
const pauses = [100, 500, 2_000] as const;

/** Waits for the end of what is to be ended. */
type WaitForEnd = (options: CallOptions) => Promise<unknown>;

/**
 * Ends something that would otherwise be left: what Asterisk cannot do at the moment, or what did not reach it, is asked for
 * again a few times; at once when it has ended by itself, whose answer then says so, and not any more once the client is closed.
 * @param left what is so if it fails: `bridge b1 may be left`
 * @throws the error of the last attempt, which says what is left; any other at once
 */
export async function persist<T>(left: string, waitForEnd: WaitForEnd, send: () => Promise<T>): Promise<T> {
  try {
    return await sendUntilDone(waitForEnd, send);
  } catch (error) {
    // An error that comes of no answer names the operation, but not what it was of, as those of Asterisk's answers do.
    throw isUnanswered(error) ? retold(error, `: ${left}`) : error;
  }
}

async function sendUntilDone<T>(waitForEnd: WaitForEnd, send: () => Promise<T>): Promise<T> {
  let isUnclear = false;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send();
    } catch (failure) {
      const error: unknown = isUnclear ? afterUnclear(failure) : failure;
      const timeoutMs = pauses[attempt];
      if (timeoutMs === undefined || !mayPass(error) || !(await canGoOn(waitForEnd({ timeoutMs })))) {
        throw error;
      }
      isUnclear ||= !isUnanswered(error) || error.delivery === 'outcomeUnknown';
    }
  }
}

/** Waits; false if the client is closed. */
async function canGoOn(end: Promise<unknown>): Promise<boolean> {
  try {
    await end;
    return true;
  } catch (error) {
    return error instanceof AriTimeoutError || error instanceof ObjectGoneError;
  }
}

/** Hangs a channel up: false if it was gone. */
export function hangUp(channel: ReleasableChannel, cause?: HangupCause): Promise<boolean> {
  const waitForEnd: WaitForEnd = (options) => channel.waitFor(['ChannelDestroyed'], options);
  return unlessGone(persist(`channel ${channel.id} may be left`, waitForEnd, () => channel.hangup(cause)));
}

/** Takes something back that was done to a channel, which is void once that is not in the application any more. */
export function undo(channel: Pick<FlowChannel, 'id' | 'waitFor'>, send: () => Promise<unknown>): Promise<void> {
  const waitForEnd: WaitForEnd = (options) => channel.waitFor(['StasisEnd', 'ChannelDestroyed'], options);
  return persist(`channel ${channel.id} may be left as it was`, waitForEnd, async () => void (await send()));
}
