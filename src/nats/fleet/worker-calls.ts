import type { Msg, Subscription } from '@nats-io/transport-node';
import { headerNames, parse, readAward, type Bid } from '../messages.js';
import type { NatsLink } from '../nats-link.js';
import type { LinkedNode } from './fleet-node.js';
import type { FleetSettings } from './options.js';

/** How long the relay may take to grant a call, in milliseconds. */
const grantMs = 2_000;

/** How long after a channel has left its application something of it may still come, in milliseconds. */
const afterMs = 5_000;

export interface WorkerCallsParts<C extends object> {
  readonly settings: FleetSettings<C>;
  readonly link: NatsLink;
  readonly worker: string;
  /** The node of a relay that offers a call; undefined if it is not up. */
  readonly nodeOf: (id: string) => LinkedNode<C> | undefined;
}

/** A call that this worker has. */
interface Held<C extends object> {
  readonly node: LinkedNode<C>;
  readonly channelId: string;
  readonly isAdopted: boolean;
  /** The relay has said that it is this worker's. */
  readonly isGranted: boolean;
}

/** The calls that this worker has taken: it bids for those on offer, and gets their events until they are over. */
export class WorkerCalls<C extends object> {
  readonly #parts: WorkerCallsParts<C>;
  readonly #held = new Map<string, Held<C>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #offers: Subscription[] = [];
  #onIdle: (() => void) | undefined;

  constructor(parts: WorkerCallsParts<C>) {
    this.#parts = parts;
  }

  /** How many it has. */
  get size(): number {
    return this.#held.size;
  }

  /** The channels that it has on a node. */
  on(nodeId: string): string[] {
    return [...this.#held.values()]
      .filter(({ node, isGranted }) => node.id === nodeId && isGranted)
      .map(({ channelId }) => channelId);
  }

  /** Whether a call was another worker's. */
  isAdopted(nodeId: string, channelId: string): boolean {
    return this.#held.get(`${nodeId} ${channelId}`)?.isAdopted ?? false;
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

  /** Takes no more. */
  leave(): void {
    this.#offers.forEach((offer) => offer.unsubscribe());
    this.#offers = [];
  }

  /** A channel has ended, or left its application, on a node: it is over soon. */
  ended(node: LinkedNode<C>, channelId: string, isGone: boolean): void {
    const key = `${node.id} ${channelId}`;
    if (this.#held.delete(key)) {
      const timer = setTimeout(
        () => {
          this.#timers.delete(timer);
          node.link.unwanted('Channel', channelId);
        },
        isGone ? 0 : afterMs,
      ).unref();
      this.#timers.add(timer);
    }
    if (this.#held.size === 0) {
      this.#onIdle?.();
    }
  }

  /** Resolves when the last call is over, or the signal aborts. */
  idle(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        this.#onIdle = undefined;
        resolve();
      };
      this.#onIdle = done;
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted || this.#held.size === 0) {
        done();
      }
    });
  }

  close(): void {
    this.leave();
    this.#timers.forEach((timer) => clearTimeout(timer));
  }

  async #bid(message: Msg): Promise<void> {
    const { link, worker, settings, nodeOf } = this.#parts;
    const event = parse(message.data) as { readonly channel?: { readonly id?: unknown } } | undefined;
    const channelId = event?.channel?.id;
    const node = nodeOf(message.headers?.get(headerNames.node) ?? '');
    const takes = node !== undefined && typeof channelId === 'string' && this.size < settings.maxCalls;
    if (message.reply === undefined || message.reply === '') {
      settings.logger.warn('an offer that nobody waits for was not taken');
      return;
    }
    const bid = JSON.stringify({ worker, takes } satisfies Bid);
    if (!takes) {
      link.publish(message.reply, bid);
      return;
    }
    const key = `${node.id} ${channelId}`;
    const had = this.#held.get(key);
    const isAdopted = message.headers?.has(headerNames.adopted) ?? false;
    const held = { node, channelId, isAdopted };
    // Before the relay hears of it, so that nothing of the call passes us by.
    if (had === undefined) {
      this.#held.set(key, { ...held, isGranted: false });
      node.link.wanted('Channel', channelId);
    }
    const answer = await link.ask(message.reply, bid, grantMs);
    if (typeof answer !== 'string' && readAward(answer.data)?.granted === true) {
      if (had === undefined || !isAdopted) {
        this.#held.set(key, { ...held, isGranted: true });
        node.link.deliver(frameOf(message));
      }
    } else if (had === undefined) {
      this.ended(node, channelId, true);
    }
  }
}

function frameOf({ data }: Msg): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
