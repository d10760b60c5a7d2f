import { headerNames } from '../messages.js';
import type { NatsLink } from '../nats-link.js';

/** Time until it is tried again whether events may be sent, in milliseconds. */
const againMs = 5_000;

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

/** Subjects of events that NATS does not let the relay send to, since its rights were changed; it tries until it may again. */
export class RefusedEvents {
  readonly #parts: RefusedEventsParts;
  readonly #refused = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: RefusedEventsParts) {
    this.#parts = parts;
  }

  /** Whether any are refused just now, as far as is known. */
  get areThere(): boolean {
    return this.#timer !== undefined;
  }

  /** NATS has refused a message on a subject. False if that was no event. */
  take(subject: string): boolean {
    const { prefix, onRefused } = this.#parts;
    if (!subject.startsWith(prefix)) {
      return false;
    }
    if (this.#refused.size < most) {
      this.#refused.add(subject);
    }
    if (this.#timer === undefined) {
      this.#tryLater();
      onRefused(subject);
    }
    return true;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #tryLater(): void {
    this.#timer = setTimeout(() => void this.#tryAgain(), againMs).unref();
  }

  async #tryAgain(): Promise<void> {
    const { link, onAllowed } = this.#parts;
    const tried = [...this.#refused];
    this.#refused.clear();
    tried.forEach((subject) => link.publish(subject, '', { [headerNames.trial]: '1' }));
    await link.settled();
    // What the server has said before is told in the turn after.
    await new Promise((resolve) => setImmediate(resolve));
    if (!link.isConnected) {
      tried.forEach((subject) => this.#refused.add(subject));
    }
    if (this.#refused.size > 0) {
      this.#tryLater();
    } else {
      this.#timer = undefined;
      onAllowed();
    }
  }
}
