import type { Msg } from '@nats-io/transport-node';
import type { AudienceWatcher, Topic } from '../../events/topic.js';
import { Counts } from '../../support/counts.js';
import { Latest } from '../../support/latest.js';
import { headerNames, isThere, relayOf, type Announcement } from '../messages.js';
import type { NatsLink } from '../nats-link.js';
import { routedKinds, token, type Subjects } from '../subjects.js';
import { BusSource } from './bus-source.js';
import type { NodeEvents } from './fleet-node.js';
import { RelayWatch } from './relay-watch.js';
import type { Listening } from '../subscriptions.js';

/** How long the relay may take to answer a ping, in milliseconds. */
const pingMs = 5_000;

/** Time until a relay that says it is there and does not answer is asked anew to say so, the second time, in milliseconds. */
const minAgainMs = 500;
const maxAgainMs = 30_000;

/** Time without a relay after which a node that nobody has said good-bye for is taken for gone, in milliseconds: an hour. */
const longAwayMs = 3_600_000;

/**
 * The events of one node: a worker subscribes to what it has, makes or listens to, and to nothing else. Whenever events
 * may have been missed, since NATS, the relay or Asterisk was gone, the socket that the client lives on is given up for a
 * new one, which has the client look after what has changed.
 */
export class NodeLink implements NodeEvents, AudienceWatcher {
  readonly source: BusSource;
  readonly #link: NatsLink;
  readonly #subjects: Subjects;
  readonly #node: string;
  readonly #subscriptions = new Map<string, Listening>();
  /** Why an object's events are wanted: it is held as a call, or the client says so. */
  readonly #reasons = new Counts();
  readonly #topics = new Set<Topic>();
  #seen = new Latest();
  readonly #watch: RelayWatch;
  readonly #onSilence: () => void;
  #instance = '';
  #place: string | undefined;
  /** When the relay was last heard, by the clock. */
  #heardAt = 0;
  #isUp = false;
  /** Its relay has said good-bye. */
  #isGone = false;
  #whyGone: string | undefined;
  #awaySince = performance.now();
  #isClosed = false;
  /** When the relay has last come to be up, by `performance.now()`. */
  #upAt = 0;
  /** How often in a row it was soon silent again. */
  #silences = 0;
  #again: NodeJS.Timeout | undefined;
  #isObserving = false;
  /** Events of channels of which it is not known yet whether they are this worker's, by the tokens of their ids. */
  readonly #held = new Map<string, Buffer[]>();

  /** @param onSilence told when the relay does not answer any more */
  constructor(link: NatsLink, subjects: Subjects, node: string, onSilence: () => void) {
    this.#link = link;
    this.#subjects = subjects;
    this.#node = node;
    this.#onSilence = onSilence;
    this.#watch = new RelayWatch({
      link,
      subjects: [subjects.request(node), subjects.ping(node)],
      isWanted: () => this.#isUp && (this.#isObserving || !this.#reasons.isEmpty),
      onAlive: (relay) => {
        if (relay === relayOf(this.#instance)) this.#heardAt = Date.now();
      },
      onGone: (relay) => {
        if (relay === relayOf(this.#instance)) this.silent();
      },
    });
    this.source = new BusSource({
      isUp: () => this.isUp,
      ping: () => this.#ping(),
      onOpen: () => {
        this.#seen = new Latest();
      },
    });
  }

  /** Whether the relay is there, and connected to Asterisk. */
  get isUp(): boolean {
    return this.#isUp && this.#link.isConnected;
  }

  /** All events of the node are wanted; those of single objects are among them. */
  observe(): void {
    this.#subscribe(this.#subjects.allEvents(this.#node));
    this.#isObserving = true;
  }

  /** Where the node's relays are asked for something. */
  get asked(): readonly string[] {
    return [this.#subjects.request(this.#node), this.#subjects.ping(this.#node), ...this.#watch.inboxes];
  }

  /** The life of the relay that stands for the node, or did last; empty if none does. */
  get instance(): string {
    return this.#instance;
  }

  /** Whether what stands for another node now has stood for this one: it is the same relay, or none is where its own was. */
  isLeftBy({ instance, place }: Announcement): boolean {
    const [other, own] = [relayOf(instance), relayOf(this.#instance)];
    return (own !== undefined && own === other) || (this.isAt(place) && !this.isUp);
  }

  /** Whether its relay stands there; not if nobody says where. */
  isAt(place: string | undefined): boolean {
    return place !== undefined && place === this.#place;
  }

  /** No relay stands for this node any more. @param why for errors */
  over(why: string): void {
    this.#whyGone = why;
    this.silent();
    this.#watch.forget();
  }

  /** Why there is no such Asterisk any more; undefined while there may be. */
  get whyGone(): string | undefined {
    return this.#whyGone;
  }

  /** Whether nobody would miss the node: its relay has ended, or is not heard for long, and nothing of it is wanted. */
  get isLeft(): boolean {
    const isLong = performance.now() - this.#awaySince > longAwayMs;
    return !this.isUp && (this.#isGone || (isLong && this.#link.isConnected)) && this.#reasons.isEmpty;
  }

  /** Since when it is not up, by `performance.now()`. */
  get awaySince(): number {
    return this.#awaySince;
  }

  /** A relay says how it is, be it the one that stands for the node or another one. */
  heard(announcement: Announcement): void {
    this.#watch.announced(announcement);
    this.expect();
  }

  /** Something is expected of the relay. */
  expect(): void {
    this.#watch.begin();
  }

  /** The relay has said how it is. */
  announced({ instance, state, place }: Announcement): void {
    const isUp = isThere(state);
    if (instance !== this.#instance) {
      // The one before may have been gone for a while, and its last words are not told twice.
      this.source.lose('another relay has taken over', this.#heardAt);
      this.#instance = instance;
      this.#silences = 0;
    }
    this.#heardAt = Date.now();
    this.#place = place;
    if (isUp && !this.#isUp) {
      this.#upAt = performance.now();
    }
    this.#isGone = state === 'gone';
    if (isUp) {
      this.#isUp = true;
    } else {
      this.#away();
      this.source.lose(`the relay is ${state}`);
    }
    this.source.look();
  }

  /** The connection to NATS is lost, since then by the clock, or back. */
  connected(isConnected: boolean, since: number): void {
    // Until it is back, nobody can tell that a relay is there.
    this.#away();
    if (!isConnected) {
      this.source.lose('the connection to NATS is lost', since);
    }
  }

  /** Nobody answers for the node: if somebody is there all the same, he is to say so. */
  silent(): void {
    const wasUp = this.isUp;
    if (this.#isUp) {
      this.#away();
    }
    this.source.lose('no relay answers', this.#heardAt);
    if (wasUp) {
      this.#askAgain();
    }
  }

  #away(): void {
    this.#isUp = false;
    this.#awaySince = performance.now();
  }

  /** At once the first time; then later each time, for where it can't be reached it comes and goes. */
  #askAgain(): void {
    const isSoon = performance.now() - this.#upAt < maxAgainMs;
    this.#silences = isSoon ? this.#silences + 1 : 1;
    clearTimeout(this.#again);
    if (this.#silences === 1) {
      this.#onSilence();
    } else {
      const delayMs = Math.min(maxAgainMs, minAgainMs * 2 ** (this.#silences - 2));
      this.#again = setTimeout(() => this.#onSilence(), delayMs).unref();
    }
  }

  /** What comes of a channel is kept until it is known whether it is this worker's. */
  holdBack(channelId: string): void {
    const place = token(channelId);
    this.#held.set(place, this.#held.get(place) ?? []);
  }

  /** It is: tells what has come of it. @param beginning what is to be told before */
  goOn(channelId: string, ...beginning: readonly Buffer[]): void {
    const held = this.#held.get(token(channelId)) ?? [];
    this.forget(channelId);
    for (const frame of [...beginning, ...held]) {
      this.source.deliver(frame);
    }
  }

  /** It is not: what has come of it is for others. */
  forget(channelId: string): void {
    this.#held.delete(token(channelId));
  }

  /** An event that has come some other way, as an offer. */
  deliver(frame: Buffer): void {
    this.source.deliver(frame);
  }

  wanted(kind: string, id: string): void {
    const place = routedKinds[kind];
    if (place !== undefined) {
      const subject = this.#subjects.eventsForAny(this.#node, place, id);
      this.#reasons.more(subject);
      this.#subscribe(subject);
      this.expect();
    }
  }

  unwanted(kind: string, id: string): void {
    const place = routedKinds[kind];
    if (place !== undefined) {
      const subject = this.#subjects.eventsForAny(this.#node, place, id);
      if (this.#reasons.less(subject)) {
        this.#unsubscribe(subject);
      }
    }
  }

  /** What is about no object with a subject of its own comes only while somebody listens for such events. */
  changed(topic: Topic): void {
    if (topic.carried.some(({ kind }) => routedKinds[kind] !== undefined)) {
      return;
    }
    if (topic.audience > 0) {
      this.#topics.add(topic);
    } else {
      this.#topics.delete(topic);
    }
    const subject = this.#subjects.othersForAny(this.#node);
    if (this.#topics.size > 0) {
      this.#subscribe(subject);
    } else {
      this.#unsubscribe(subject);
    }
  }

  /** Ends all subscriptions. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#again);
    this.#watch.close();
    for (const subscription of this.#subscriptions.values()) {
      subscription.unsubscribe();
    }
    this.#subscriptions.clear();
  }

  async #ping(): Promise<boolean> {
    const answer = await this.#link.ask(this.#subjects.ping(this.#node), '', pingMs);
    if (typeof answer === 'string') {
      this.silent();
      return false;
    }
    this.#heardAt = Date.now();
    return true;
  }

  #subscribe(subject: string): void {
    if (!this.#isObserving && !this.#isClosed && !this.#subscriptions.has(subject)) {
      this.#subscriptions.set(
        subject,
        this.#link.subscribe(subject, (message) => this.#receive(message)),
      );
    }
  }

  #unsubscribe(subject: string): void {
    this.#subscriptions.get(subject)?.unsubscribe();
    this.#subscriptions.delete(subject);
  }

  /** An event about two objects comes by both their subjects. */
  #receive({ subject, headers, data }: Msg): void {
    this.#heardAt = Date.now();
    this.#watch.heard();
    const sequence = headers?.get(headerNames.sequence) ?? '';
    if (sequence === '' || !this.#seen.has(sequence)) {
      if (sequence !== '') {
        this.#seen.add(sequence);
      }
      const frame = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      const held = this.#held.size === 0 ? undefined : this.#held.get(subject.slice(subject.lastIndexOf('.') + 1));
      if (held === undefined) {
        this.source.deliver(frame);
      } else {
        held.push(frame);
      }
    }
  }
}
