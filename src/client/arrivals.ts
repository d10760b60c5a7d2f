import { idOf, ObjectHandle } from '../contract/object-handle.js';
import type { Operation } from '../contract/operation.js';
import { existenceOf } from '../domain/listenable-handle.js';
import { AriTimeoutError } from '../errors/timeout-error.js';
import { RecentObject } from '../events/recent-object.js';
import type { Deadline } from '../rest/deadline.js';
import { messageOf } from '../rest/server-message.js';
import type { AriResponse } from '../rest/transport.js';
import { pause } from '../support/pause.js';

/** Operations whose answer hands out a channel that is on its way into an application. */
const makers: ReadonlySet<string> = new Set([
  'channels.create',
  'channels.externalMedia',
  'channels.snoopChannel',
  'channels.snoopChannelWithId',
]);

/** What Asterisk says of a channel that is in no application, or not yet. */
const notYet = 'Channel not in Stasis application';

/** Longest wait for a channel to come into its application, in milliseconds. */
const patienceMs = 5_000;

/** Resolves with true when a channel has come into its application, with false when that cannot be told any more. */
export type Arrival = Promise<boolean>;

/**
 * Asterisk answers the making of a channel before the channel is in its application; until then it refuses what is to be
 * done to it, now and then. Its `StasisStart` tells when that is over.
 */
export class Arrivals {
  readonly #awaited = new Map<string, Arrival>();

  /** A request has made an object. @param apps the applications whose events come */
  made({ name }: Operation, params: object | undefined, object: ObjectHandle, apps: ReadonlySet<string>): void {
    const { app } = (params ?? {}) as { app?: unknown };
    const recent = existenceOf(object)?.recent;
    if (makers.has(name) && apps.has(app as string) && recent instanceof RecentObject) {
      const id = idOf(object);
      const arrival = recent.until('StasisStart');
      this.#awaited.set(id, arrival);
      void arrival.then(() => this.#awaited.get(id) === arrival && this.#awaited.delete(id));
    }
  }

  /** Of the channels that a request names, those on their way; undefined if there are none. */
  of(params: object | undefined): Arrival | undefined {
    const arrivals = this.#awaited.size === 0 ? [] : namedBy(params).flatMap((id) => this.#awaited.get(id) ?? []);
    return arrivals.length === 0 ? undefined : Promise.all(arrivals).then((all) => all.every(Boolean));
  }
}

/** It is compared, not shown: nothing need be taken out. */
const asItIs = (words: string): string => words;

/**
 * Whether a refusal only says that a channel is not there yet, and now it is: then the request may be sent again, for
 * nothing was done. Waits for that as long as the request has time.
 * @throws {AriAbortError} if nobody wants the answer any more
 */
export async function hasArrivedSince(
  { status, text, contentType }: AriResponse,
  arrival: Arrival,
  deadline: Deadline,
): Promise<boolean> {
  if ((status !== 409 && status !== 422) || messageOf(text, contentType, asItIs) !== notYet) {
    return false;
  }
  const patience = new AbortController();
  const late = pause(patienceMs, AbortSignal.any([patience.signal, deadline.signal]));
  const hasArrived = await Promise.race([arrival, late]);
  patience.abort();
  if (deadline.hasEnded) {
    const reason = deadline.error('notSent');
    if (!(reason instanceof AriTimeoutError)) {
      throw reason;
    }
  }
  return hasArrived === true && !deadline.hasEnded;
}

/** The ids of the channels that a request is about. */
function namedBy(params: object | undefined): string[] {
  const { channelId, channel } = (params ?? {}) as { channelId?: unknown; channel?: unknown };
  return [channelId, channel].flat().flatMap((value) => {
    const id: unknown = value instanceof ObjectHandle ? idOf(value) : value;
    return typeof id === 'string' ? id.split(',') : [];
  });
}
