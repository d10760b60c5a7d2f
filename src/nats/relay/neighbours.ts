import { AriError } from '../../errors/ari-error.js';
import { Latest } from '../../support/latest.js';
import { readAnnouncement, readPong, type Announcement } from '../messages.js';
import type { Publisher } from './publisher.js';
import type { RelayParts } from './reconciler.js';

/** How long a relay that is there may take to say so, in milliseconds. */
const pingMs = 1_000;

/**
 * Other relays that stand for the same Asterisk. One with the same applications, or fewer, has them taken away by
 * Asterisk, and ends. Of two that both keep some, workers would get half of the truth from either: that must not be.
 */
export class Neighbours {
  readonly #parts: Pick<RelayParts, 'link' | 'settings'>;
  readonly #publisher: Publisher;
  readonly #told = new Latest();

  constructor(parts: Pick<RelayParts, 'link' | 'settings'>, publisher: Publisher) {
    this.#parts = parts;
    this.#publisher = publisher;
  }

  /** @throws {AriError} if another one stands for the node that would keep applications */
  async check(node: string): Promise<void> {
    const { link, settings } = this.#parts;
    const answer = await link.ask(settings.subjects.ping(node), '', pingMs);
    const other = typeof answer === 'string' ? undefined : readPong(answer.data);
    if (other !== undefined && this.#isRival(other)) {
      throw new AriError(this.#complaint(node, other.apps));
    }
  }

  /** A relay announces itself. Two may meet only later, where NATS was not one. Returns another one for the same node. */
  heard(node: string, data: Uint8Array): Announcement | undefined {
    const other = readAnnouncement(data);
    if (other === undefined) {
      this.#parts.settings.logger.warn('an announcement that is none was ignored');
    }
    if (other?.node !== node || this.#publisher.isOwn(other.instance)) {
      return undefined;
    }
    if (other.state !== 'gone' && this.#isRival(other) && !this.#told.has(other.instance)) {
      this.#told.add(other.instance);
      this.#parts.settings.logger.error(this.#complaint(node, other.apps));
    }
    return other;
  }

  #isRival({ instance, apps }: { readonly instance: string; readonly apps: readonly string[] }): boolean {
    const { apps: own } = this.#parts.settings;
    return !this.#publisher.isOwn(instance) && apps.some((app) => !own.includes(app));
  }

  #complaint(node: string, apps: readonly string[]): string {
    const [theirs, ours] = [apps, this.#parts.settings.apps].map((names) => names.join(', '));
    return `another relay stands for ${node}, with ${theirs} where this one has ${ours}: one must have all applications of an Asterisk`;
  }
}
