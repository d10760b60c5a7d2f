import { BusSource } from '../../fleet/bus-source.js';
import type { NodeEvents } from '../../fleet/fleet-node.js';
import { parse } from '../../messages.js';
import type { NatsLink } from '../../nats-link.js';
import { carriedIn } from '../../relay/carried-ids.js';
import { routedKinds } from '../../subjects.js';
import { Counts } from '../../../support/counts.js';
import { Latest } from '../../../support/latest.js';
import { writeKey } from '../messages.js';
import type { PxSubjects } from '../px-subjects.js';
import type { Place } from '../to-px.js';
import { plainData } from './plain-data.js';
import type { Listening } from '../../subscriptions.js';

export interface PxLinkOptions {
  readonly link: NatsLink;
  readonly subjects: PxSubjects;
  readonly place: Place;
  /** Everything is wanted. */
  readonly observes: boolean;
}

/** How long a proxy may take to answer a ping, in milliseconds. */
const pingMs = 5_000;

interface PxEvent {
  readonly type?: unknown;
  readonly application?: unknown;
  readonly timestamp?: unknown;
  readonly channel?: { readonly id?: unknown };
}

/**
 * The events of one node as its ari-proxy sends them: all of them come, and those are passed on that are about what this
 * worker has, makes or listens to, or about no object that there could be several workers for.
 */
export class PxLink implements NodeEvents {
  readonly source: BusSource;
  readonly #options: PxLinkOptions;
  readonly #subscription: Listening;
  /** Why an object's events are wanted. */
  readonly #reasons = new Counts();
  /** Beginnings of calls that have been passed on: they come by two subscriptions. */
  readonly #begun = new Latest();
  /** Calls that have begun before the client reads. */
  #early: object[] = [];
  #isUp = false;

  constructor(options: PxLinkOptions) {
    const { link, subjects, place } = options;
    this.#options = options;
    this.source = new BusSource({
      isUp: () => this.isUp,
      ping: () => this.#ping(),
      onOpen: () => queueMicrotask(() => this.#catchUp()),
    });
    this.#subscription = link.subscribe(subjects.events(place.app, place.node), ({ data }) => this.#receive(data));
  }

  get isUp(): boolean {
    return this.#isUp && this.#options.link.isConnected;
  }

  /** A proxy only announces itself while its event connection is open. */
  announced(): void {
    this.#isUp = true;
    this.source.look();
  }

  /** The proxy is not there, or not connected to Asterisk, since then by the clock if not since now. */
  lose(why: string, since?: number): void {
    this.#isUp = false;
    this.source.lose(why, since);
  }

  connected(isConnected: boolean, since: number): void {
    if (!isConnected) {
      this.lose('the connection to NATS is lost', since);
    }
  }

  deliver(frame: Buffer): void {
    this.source.deliver(frame);
  }

  /** A call begins that is this worker's: what the queue has handed to it. */
  begin(event: object): void {
    if (this.source.isOpen) {
      this.#pass(event);
    } else {
      this.#early.push(event);
    }
  }

  /** Whether an object's events are wanted already. */
  wants(kind: string, id: string): boolean {
    return this.#reasons.has(`${kind} ${id}`);
  }

  wanted(kind: string, id: string): void {
    const place = routedKinds[kind];
    if (place !== undefined) {
      this.#reasons.more(`${place} ${id}`);
    }
  }

  unwanted(kind: string, id: string): void {
    this.#reasons.less(`${routedKinds[kind]} ${id}`);
  }

  close(): void {
    this.#subscription.unsubscribe();
  }

  #catchUp(): void {
    const early = this.#early;
    this.#early = [];
    early.forEach((event) => this.#pass(event));
  }

  #receive(data: Uint8Array): void {
    const message = parse(data);
    if (typeof message !== 'object' || message === null) {
      return;
    }
    const event = plainData(message);
    const carried = carriedIn(event);
    if ((event as PxEvent).type === 'StasisStart' && carried.length === 0) {
      return;
    }
    if (this.#options.observes || carried.length === 0 || carried.some(({ kind, id }) => this.wants(kind, id))) {
      this.#pass(event);
    }
  }

  #pass(event: object): void {
    const { type, timestamp, channel } = event as PxEvent;
    if (type === 'StasisStart') {
      const beginning = `${String(channel?.id)} ${String(timestamp)}`;
      if (this.#begun.has(beginning)) {
        return;
      }
      this.#begun.add(beginning);
    }
    this.source.deliver(Buffer.from(JSON.stringify(event)));
  }

  /** Asks for what a proxy answers without asking Asterisk: events of nothing, to no dialog. */
  async #ping(): Promise<boolean> {
    const { link, subjects, place } = this.#options;
    const message = { kind: 'ChannelSubscribe', key: writeKey({ kind: 'channel', id: 'none', ...place }) };
    const subject = subjects.requests('command', place.app, place.node);
    const answer = await link.ask(subject, JSON.stringify(message), pingMs);
    const isThere = typeof answer !== 'string' && (parse(answer.data) as { error?: unknown } | undefined)?.error === '';
    if (!isThere) {
      this.#isUp = false;
    }
    return isThere;
  }
}
