import type { PermissionViolationError } from '@nats-io/transport-node';
import { AriError } from '../errors/ari-error.js';

/** What a connection uses while whatever lives on it starts, and what of that the server refuses. */
export class Rights {
  /** Nothing once all is well: what is refused later is told to the log. */
  #used: Set<string> | undefined = new Set();
  readonly #refused = new Set<string>();

  /** A subject is published to, or subscribed to. */
  uses(subject: string): void {
    this.#used?.add(subject);
  }

  /** The server has refused something. False if nobody is going to ask. */
  refused({ operation, subject }: PermissionViolationError): boolean {
    const isAsked = this.#used?.has(subject) ?? false;
    if (isAsked) {
      this.#refused.add(`${operation === 'publish' ? 'publish' : 'subscribe'} to ${subject}`);
    }
    return isAsked;
  }

  /** @throws {AriError} naming all that was refused. @param who what lives on the connection: `relay` */
  check(who: string): void {
    if (this.#refused.size > 0) {
      const all = [...this.#refused].join(', ');
      throw new AriError(`NATS does not let this ${who} ${all}: the rights that it needs are in docs/nats.md`);
    }
    this.#used = undefined;
  }
}
