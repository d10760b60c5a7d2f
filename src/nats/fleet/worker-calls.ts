import type { Msg } from '@nats-io/transport-node';
import { headerNames, readAward, readOffer, type Bid } from '../messages.js';
import type { NatsLink } from '../nats-link.js';
import type { LinkedNode } from './fleet-node.js';
import type { HeldCalls } from './held-calls.js';
import type { NodeLink } from './node-link.js';
import type { FleetSettings } from './options.js';
import type { Listening } from '../subscriptions.js';

/**
 * How long the relay may take to grant a call, in milliseconds. It does so at once, or never; but what it says may lie unread
 * while this process stands still.
 */
const grantMs = 15_000;

export interface WorkerCallsParts<C extends object> {
  readonly settings: FleetSettings<C>;
  readonly link: NatsLink;
  readonly worker: string;
  readonly held: HeldCalls<C>;
  /** The node of a relay that offers a call; undefined if it is not up. */
  readonly nodeOf: (id: string) => LinkedNode<C> | undefined;
  readonly linkOf: (id: string) => NodeLink | undefined;
}

/** How this worker comes by its calls: it bids for those on offer. */
export class WorkerCalls<C extends object> {
  readonly #parts: WorkerCallsParts<C>;
  #offers: Listening[] = [];

  constructor(parts: WorkerCallsParts<C>) {
    this.#parts = parts;
  }

  /** Takes calls from now on. */
  take(): void {
    if (this.#offers.length === 0) {
      const { settings, link } = this.#parts;
      this.#offers = settings.apps.map((app) =>
        link.subscribe(settings.subjects.offers(app), (message) => void this.#bid(message), { queue: settings.group }),
      );
    }
  }

  /** Takes none, but is offered them as if it did. Returns what is to end that. */
  decline(): Listening[] {
    const { settings, link, worker } = this.#parts;
    const bid = JSON.stringify({ worker, takes: false } satisfies Bid);
    return settings.apps.map((app) =>
      link.subscribe(settings.subjects.offers(app), (message) => link.respond(message, bid), { queue: settings.group }),
    );
  }

  /** Takes no more. */
  leave(): void {
    this.#offers.forEach((offer) => offer.unsubscribe());
    this.#offers = [];
  }

  async #bid(message: Msg): Promise<void> {
    const { link, worker, settings, held, nodeOf, linkOf } = this.#parts;
    const channelId = readOffer(message.data)?.channel.id;
    const node = nodeOf(message.headers?.get(headerNames.node) ?? '');
    const takes = node !== undefined && channelId !== undefined && held.size < settings.maxCalls;
    if (channelId === undefined) {
      settings.logger.warn(`an offer on ${message.subject} that is no StasisStart was declined`);
    }
    if (message.reply === undefined || message.reply === '') {
      settings.logger.warn('an offer that nobody waits for was not taken');
      return;
    }
    const bid = JSON.stringify({ worker, takes } satisfies Bid);
    if (!takes) {
      link.publish(message.reply, bid);
      return;
    }
    // Before the relay hears of it, so that nothing of the call passes us by.
    const isAdopted = message.headers?.has(headerNames.adopted) ?? false;
    const isNew = held.hold(node, channelId, { isAdopted, isCertain: false });
    const events = linkOf(node.id);
    if (isNew) {
      events?.holdBack(channelId);
    }
    const answer = await link.ask(message.reply, bid, grantMs);
    if (typeof answer !== 'string' && readAward(answer.data)?.granted === true) {
      // A call to adopt that this worker has itself is its own still: there is nothing to begin.
      if (isNew || !isAdopted) {
        held.hold(node, channelId, { isAdopted });
        events?.goOn(channelId, frameOf(message));
      }
    } else if (isNew && held.giveUp(node, channelId)) {
      events?.forget(channelId);
    }
  }
}

function frameOf({ data }: Msg): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
