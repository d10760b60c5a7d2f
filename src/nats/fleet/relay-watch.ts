import { dropOldest } from '../../support/drop-oldest.js';
import { Watch } from '../../support/watch.js';
import { relayOf, type Announcement } from '../messages.js';
import type { NatsLink } from '../nats-link.js';

/** How often a relay is looked after, and how long it may take to say that it is there, in milliseconds. */
const everyMs = 1_000;

/** Most relays that may stand for one node at a time. */
const maxRelays = 16;

/** A relay that has told where it alone is asked whether it is there. */
interface Known {
  readonly inbox: string;
  /** When it was first heard of: what was asked before is none of its business. */
  readonly since: number;
}

export interface RelayWatchParts {
  readonly link: NatsLink;
  /** Where the node's relay is asked for something. */
  readonly subjects: readonly string[];
  /** Whether anybody waits for events of the node. */
  readonly isWanted: () => boolean;
  /** A relay is there. @param relay its id */
  readonly onAlive: (relay: string) => void;
  /** It is gone. */
  readonly onGone: (relay: string) => void;
}

/**
 * Looks after the relays of one node while something is expected of them: one that is killed says no good-bye, but NATS
 * tells at once that nobody is where it was. What it was asked has no answer then.
 */
export class RelayWatch {
  readonly #parts: RelayWatchParts;
  /** By the ids of the relays, the latest last. */
  readonly #known = new Map<string, Known>();
  readonly #watch = new Watch(everyMs, () => this.#look());
  /** Relays that are gone, of which an answer may still come. */
  readonly #burials = new Set<NodeJS.Timeout>();
  #hasHeard = false;

  constructor(parts: RelayWatchParts) {
    this.#parts = parts;
  }

  /** Where each of them, and no other, is asked. */
  get inboxes(): string[] {
    return [...this.#known.values()].map(({ inbox }) => inbox);
  }

  /** Something is expected. */
  begin(): void {
    this.#watch.begin();
  }

  /** An event has come. */
  heard(): void {
    this.#hasHeard = true;
  }

  /** A relay says how it is. */
  announced({ instance, inbox, state }: Announcement): void {
    const relay = relayOf(instance) ?? instance;
    if (state === 'gone') {
      // It has answered what it was asked.
      this.#known.delete(relay);
      return;
    }
    if (inbox === undefined || this.#known.has(relay)) {
      return;
    }
    const isSecond = this.#known.size > 0;
    this.#known.set(relay, { inbox, since: performance.now() });
    dropOldest(this.#known, maxRelays);
    if (isSecond) {
      this.#askAll();
    }
  }

  /** No relay stands for the node any more. */
  forget(): void {
    this.#known.clear();
  }

  /** Looks after nobody any more. */
  close(): void {
    this.forget();
    this.#watch.end();
    this.#burials.forEach((burial) => clearTimeout(burial));
    this.#burials.clear();
  }

  /** False if nothing is expected. */
  #look(): boolean {
    const { link, subjects, isWanted } = this.#parts;
    const isExpected = this.#known.size > 0 && (isWanted() || subjects.some((subject) => link.isWaitingOn(subject)));
    if (isExpected && !(this.#hasHeard && this.#known.size === 1)) {
      this.#askAll();
    }
    this.#hasHeard = false;
    return isExpected;
  }

  #askAll(): void {
    for (const relay of this.#known.keys()) void this.#ask(relay);
  }

  async #ask(relay: string): Promise<void> {
    const { link, onAlive } = this.#parts;
    const askedAt = performance.now();
    const known = this.#known.get(relay);
    if (known === undefined) {
      return;
    }
    const answer = await link.ask(known.inbox, '', everyMs);
    if (typeof answer !== 'string') {
      onAlive(relay);
    } else if (answer === 'nobody' && this.#known.get(relay) === known) {
      this.#bury(relay, askedAt);
    }
  }

  /**
   * What it was asked is not answered any more. Another one may have been asked instead just before it was heard of, and may
   * answer a little later.
   */
  #bury(relay: string, askedAt: number): void {
    const { link, subjects, onGone } = this.#parts;
    const relays = [...this.#known.keys()];
    const next = this.#known.get(relays[relays.indexOf(relay) + 1] ?? '');
    const before = Math.min(askedAt, next?.since ?? Infinity);
    this.#known.delete(relay);
    const burial = setTimeout(() => {
      this.#burials.delete(burial);
      subjects.forEach((subject) => link.forsake(subject, before));
    }, everyMs).unref();
    this.#burials.add(burial);
    onGone(relay);
  }
}
