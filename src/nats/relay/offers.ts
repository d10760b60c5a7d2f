import type { Msg } from '@nats-io/transport-node';
import { errorText } from '../../support/error-text.js';
import { headerNames, readBid } from '../messages.js';
import type { Answer } from '../parts.js';
import type { Bidding, NewCall } from './calls.js';
import type { RelayParts } from './reconciler.js';

/** Where a call is offered, and what becomes of it if nobody takes it. */
export class Offers {
  readonly #parts: RelayParts;

  constructor(parts: RelayParts) {
    this.#parts = parts;
    parts.link.onLate = (answer) => this.#refuseLate(answer);
  }

  /** Offers a call to one worker. @param instance of the relay */
  async offer(call: NewCall, node: string, instance: string): Promise<Bidding> {
    const { link, settings } = this.#parts;
    const answer = await link.ask(settings.subjects.offers(call.app), call.frame, settings.offerTimeoutMs, {
      [headerNames.node]: node,
      [headerNames.instance]: instance,
      ...(call.isAdopted && { [headerNames.adopted]: '1' }),
    });
    const bid = typeof answer === 'string' ? undefined : readBid(answer.data);
    if (typeof answer === 'string' || bid === undefined) {
      return answer === 'nobody' || answer === 'tooLong' ? answer : 'declined';
    }
    const award = (granted: boolean) => () => this.#award(answer, granted);
    return bid.takes ? { worker: bid.worker, grant: award(true), refuse: award(false) } : 'declined';
  }

  /** Whoever bids too late is to keep no place for the call. */
  #refuseLate(answer: Msg): void {
    if (readBid(answer.data)?.takes === true) {
      this.#award(answer, false);
    }
  }

  #award(bid: Answer, granted: boolean): void {
    this.#parts.link.respond(bid, JSON.stringify({ granted }));
  }

  /** Nobody has taken it in time, or could be offered it. Never rejects. */
  async release(call: NewCall, isTooLong: boolean): Promise<void> {
    const { client, calls, link, settings } = this.#parts;
    const { unclaimed, logger } = settings;
    const { channelId, app } = call;
    if (isTooLong) {
      const sizes = `its StasisStart has ${call.frame.length} bytes with headers beside it, and NATS takes ${link.maxPayload}`;
      logger.error(`the call ${channelId} of ${app} could be offered to nobody, for ${sizes}: ${unclaimed}`);
    } else {
      logger.warn(`nobody takes the call ${channelId} of ${app}: ${unclaimed}`);
    }
    const path = `/channels/${encodeURIComponent(channelId)}`;
    try {
      if (unclaimed === 'hangup') {
        await client.act('DELETE', path);
      } else if (unclaimed === 'continue') {
        await client.act('POST', `${path}/continue`);
      } else {
        calls.offerLater(call);
      }
    } catch (error) {
      logger.warn(`the call ${channelId} could not be released, and is offered again: ${errorText(error)}`);
      calls.offerLater(call);
    }
  }
}
