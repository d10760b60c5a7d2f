import { AriError } from '../../errors/ari-error.js';
import { within } from '../../support/within.js';
import { isThere, type Announcement, type Meeting } from '../messages.js';
import { Repeated } from '../repeated.js';
import { identify, type Identity } from './identity.js';
import type { RelayParts } from './reconciler.js';

/** How long Asterisk may take to say which one it is, in milliseconds. */
const lookMs = 500;

/** How long that counts, in milliseconds. */
const confirmedMs = 60_000;

/** What another relay says of its Asterisk. */
type Told = Pick<Announcement, 'started' | 'place'>;

/** Whether two were started at different times. What is not said differs from nothing. */
export function differ(own: Identity, { started }: Told): boolean {
  return own.started !== undefined && started !== undefined && started !== own.started;
}

/**
 * Other Asterisks that call themselves as this one does. Each was started at another time; but so was one and the same before
 * and after a restart that its relay has not noticed. So a relay that hears of another time looks again which Asterisk its own
 * is, and says that it has: two that have both looked, and stay with what they said, stand for two.
 */
export class Twins {
  readonly #parts: Pick<RelayParts, 'client' | 'settings'>;
  readonly #errors: Repeated;
  #confirmed: { readonly started: string | undefined; readonly until: number } | undefined;

  constructor(parts: Pick<RelayParts, 'client' | 'settings'>) {
    this.#parts = parts;
    this.#errors = new Repeated((message) => parts.settings.logger.error(message));
  }

  /**
   * @param other has looked again, for it was told when the Asterisk here was started
   * @throws {AriError} if there are two
   */
  check(own: Identity, other: Told): void {
    if (differ(own, other)) {
      throw new AriError(complaint(own, other));
    }
  }

  /** Another relay, which has just looked, is about to start. Resolves with when the Asterisk here was started, if that is certain. */
  async met(own: Identity, other: Meeting): Promise<string | undefined> {
    if (!differ(own, other)) {
      return own.started;
    }
    if (!(await this.#isStill(own))) {
      return undefined;
    }
    this.#errors.say(complaint(own, other));
    return own.started;
  }

  /** Another relay says how it is. */
  async heard(own: Identity, other: Announcement): Promise<void> {
    if (!isThere(other.state) || !differ(own, other)) {
      return;
    }
    const isStill = await this.#isStill(own);
    this.#confirmed = isStill ? { started: own.started, until: performance.now() + confirmedMs } : undefined;
    if (isStill && other.confirmed === true) {
      this.#errors.say(complaint(own, other));
    }
  }

  /** Whether the Asterisk here was looked at lately, since another relay said otherwise of it. */
  hasConfirmed({ started }: Identity): boolean {
    const confirmed = this.#confirmed;
    return confirmed !== undefined && confirmed.started === started && performance.now() < confirmed.until;
  }

  async #isStill(own: Identity): Promise<boolean> {
    let present: Identity | undefined;
    const look = identify(this.#parts.client).then((identity) => {
      present = identity;
    });
    await within(
      lookMs,
      look.catch(() => undefined),
    );
    return present?.node === own.node && present.started === own.started;
  }
}

function complaint({ node, started = '' }: Identity, other: Told): string {
  const where = other.place === undefined ? '' : ` (${other.place})`;
  const both = `that of this relay, started at ${started}, and that of another relay${where}, started at ${other.started}`;
  return `two Asterisks call themselves ${node}: ${both}: give each its own entityid in asterisk.conf`;
}
