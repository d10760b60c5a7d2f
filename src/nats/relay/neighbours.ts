import { AriError } from '../../errors/ari-error.js';
import { Latest } from '../../support/latest.js';
import { readAnnouncement, readPong, type Announcement, type Meeting } from '../messages.js';
import type { Identity } from './identity.js';
import type { Publisher } from './publisher.js';
import type { RelayParts } from './reconciler.js';
import { differ, Twins } from './twins.js';

/** How long a relay that is there may take to say so, in milliseconds. */
const pingMs = 1_000;

/**
 * Other relays that stand for the same Asterisk. One with the same applications, or fewer, has them taken away by
 * Asterisk, and ends. Of two that both keep some, workers would get half of the truth from either: that must not be.
 */
export class Neighbours {
  readonly #parts: Pick<RelayParts, 'link' | 'settings'>;
  readonly #publisher: Publisher;
  readonly #twins: Twins;
  readonly #told = new Latest();

  constructor(parts: Pick<RelayParts, 'link' | 'settings' | 'client'>, publisher: Publisher) {
    this.#parts = parts;
    this.#publisher = publisher;
    this.#twins = new Twins(parts);
  }

  /** @throws {AriError} if another one stands for the node that would keep applications, or whose Asterisk is another one */
  async check(own: Identity): Promise<void> {
    const { link, settings } = this.#parts;
    const { started, node } = own;
    const meeting = { started, place: settings.place };
    const answer = await link.ask(settings.subjects.ping(node), JSON.stringify(meeting), pingMs);
    const other = typeof answer === 'string' ? undefined : readPong(answer.data);
    if (other === undefined || this.#publisher.isOwn(other.instance)) {
      return;
    }
    this.#twins.check(own, other);
    if (this.#isRival(other)) {
      throw new AriError(this.#complaint(node, other.apps));
    }
  }

  /** Another relay is about to stand for the node. Resolves with when the Asterisk here was started, if that is certain. */
  met(own: Identity, other: Meeting): Promise<string | undefined> {
    return this.#twins.met(own, other);
  }

  /** Whether the Asterisk here was looked at lately, since another relay said otherwise of it. */
  hasConfirmed(own: Identity): boolean {
    return this.#twins.hasConfirmed(own);
  }

  /** A relay announces itself. Two may meet only later, where NATS was not one. Returns another one for the same node. */
  heard(own: Identity, data: Uint8Array): Announcement | undefined {
    const other = readAnnouncement(data);
    if (other === undefined) {
      this.#parts.settings.logger.warn('an announcement that is none was ignored');
    }
    if (other?.node !== own.node || this.#publisher.isOwn(other.instance)) {
      return undefined;
    }
    void this.#twins.heard(own, other);
    const isRival = other.state !== 'gone' && !differ(own, other) && this.#isRival(other);
    if (isRival && !this.#told.has(other.instance)) {
      this.#told.add(other.instance);
      this.#parts.settings.logger.error(this.#complaint(own.node, other.apps));
    }
    return other;
  }

  #isRival({ apps }: { readonly apps: readonly string[] }): boolean {
    return apps.some((app) => !this.#parts.settings.apps.includes(app));
  }

  #complaint(node: string, apps: readonly string[]): string {
    const [theirs, ours] = [apps, this.#parts.settings.apps].map((names) => names.join(', '));
    return `another relay stands for ${node}, with ${theirs} where this one has ${ours}: one must have all applications of an Asterisk`;
  }
}
