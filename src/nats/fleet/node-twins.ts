import type { Logger } from '../../support/logger.js';
import { isThere, relayOf, type Announcement } from '../messages.js';
import { Repeated } from '../repeated.js';

/** How long a relay's word counts, in milliseconds: it says again that it is there. */
const validMs = 60_000;

/** A relay that has looked which Asterisk its own is, since another one said otherwise. */
interface Confirmed {
  readonly relay: string;
  readonly started: string;
  readonly until: number;
}

/** Tells the log of two Asterisks that call themselves the same: their relays have both made sure of what they say. */
export class NodeTwins {
  readonly #errors: Repeated;
  /** By node, the latest. */
  readonly #confirmed = new Map<string, Confirmed>();

  constructor(logger: Logger) {
    this.#errors = new Repeated((message) => logger.error(message));
  }

  heard({ node, instance, state, started, confirmed }: Announcement): void {
    const relay = relayOf(instance) ?? instance;
    const before = this.#confirmed.get(node);
    if (confirmed !== true || started === undefined || !isThere(state)) {
      if (before?.relay === relay) {
        this.#confirmed.delete(node);
      }
      return;
    }
    const now = performance.now();
    if (before !== undefined && before.relay !== relay && before.started !== started && now < before.until) {
      const [first, second] = [before.started, started].toSorted();
      const both = `one was started at ${first}, the other at ${second}`;
      this.#errors.say(
        `two Asterisks call themselves ${node}, with a relay each: ${both}: give each its own entityid in asterisk.conf`,
      );
    }
    this.#confirmed.set(node, { relay, started, until: now + validMs });
  }
}
