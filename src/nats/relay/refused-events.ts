import { headerNames } from '../messages.js';
import type { NatsLink } from '../nats-link.js';
import { Refusals } from '../refusals.js';

/** So many subjects are tried. */
const most = 100;

export interface RefusedEventsParts {
  readonly link: NatsLink;
  /** How the subjects of events begin. */
  readonly prefix: string;
  /** Events may not be sent any more. */
  readonly onRefused: (subject: string) => void;
  /** They may be again. */
  readonly onAllowed: () => void;
}

/** Subjects of events that NATS does not let the relay send to. */
export class RefusedEvents {
  readonly #parts: RefusedEventsParts;
  readonly #refusals: Refusals<string>;

  constructor(parts: RefusedEventsParts) {
    const { link, onAllowed } = parts;
    this.#parts = parts;
    this.#refusals = new Refusals({
      tryAgain: (subject) => link.publish(subject, '', { [headerNames.trial]: '1' }),
      told: () => link.told(),
      onAllowed: () => {
        if (!this.areThere) onAllowed();
      },
    });
  }

  /** Whether any are refused just now, as far as is known. */
  get areThere(): boolean {
    return this.#refusals.size > 0;
  }

  /** NATS has refused a message on a subject. False if that was no event. */
  take(subject: string): boolean {
    const { prefix, onRefused } = this.#parts;
    if (!subject.startsWith(prefix)) {
      return false;
    }
    const isFirst = !this.areThere;
    // Beyond that, one more tells no more.
    if (this.#refusals.size < most || this.#refusals.has(subject)) {
      this.#refusals.add(subject);
    }
    if (isFirst) {
      onRefused(subject);
    }
    return true;
  }

  close(): void {
    this.#refusals.close();
  }
}
