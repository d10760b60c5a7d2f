import { noLonger, Watch } from '../watch.js';
import type { ConferenceClient } from './parties.js';
import type { StayChange, StayEnd } from './stay.js';

/** Somebody in a conference, as they are at the moment. */
export interface Participant<C> {
  /** The channel that was given to `join`. */
  readonly channel: C;
  /** Whether others wait for them, or go with them, where the conference is one for that. */
  readonly moderator: boolean;
  /** Whether nobody hears them. */
  readonly muted: boolean;
  /** Whether they talk; only where `detectTalking` is on. */
  readonly talking: boolean;
  /** Whether they hear music until a moderator comes. */
  readonly waiting: boolean;
}

/** What becomes of a participant; `left` says why. */
export type ConferenceChange<C> =
  | { readonly type: StayChange; readonly participant: Participant<C> }
  | { readonly type: 'left'; readonly participant: Participant<C>; readonly reason: StayEnd | 'error' };

/** Of changes that nobody reads, the latest are kept. */
const maxUnread = 1_000;

/** What becomes of the participants of a conference, for all who read it. */
export class Changes<C> {
  readonly #listeners = new Set<(change: ConferenceChange<C>) => void>();

  tell(change: ConferenceChange<C>): void {
    for (const listener of this.#listeners) {
      listener(change);
    }
  }

  /** Those from the first one on that is asked for, until the signal aborts or the client is closed. */
  async *read(client: ConferenceClient, signal: AbortSignal | undefined): AsyncGenerator<ConferenceChange<C>, void> {
    const watch = new Watch(undefined, signal);
    const over = new AbortController();
    const untilClosed = client.waitFor('gap', { where: () => false, signal: over.signal });
    untilClosed.catch(() => watch.end('aborted'));
    const unread: ConferenceChange<C>[] = [];
    const listener = (change: ConferenceChange<C>): void => {
      unread.splice(0, unread.length - maxUnread + 1);
      unread.push(change);
      watch.notify();
    };
    this.#listeners.add(listener);
    try {
      while (watch.ending === undefined) {
        const change = unread.shift();
        if (change === undefined) {
          await watch.change();
        } else {
          yield change;
        }
      }
    } finally {
      this.#listeners.delete(listener);
      over.abort(noLonger);
      watch.close();
    }
  }
}
