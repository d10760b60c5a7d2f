import type { Msg, Subscription } from '@nats-io/transport-node';
import { AriAbortError } from '../../errors/abort-error.js';
import type { InterestWatcher } from '../../events/interest.js';
import type { Loss } from '../../events/reopener.js';
import type { Attempting, SocketSource } from '../../events/socket-source.js';
import type { EventSocket } from '../../events/socket.js';
import type { AudienceWatcher, Topic } from '../../events/topic.js';
import { Latest } from '../../support/latest.js';
import { headerNames, type Announcement } from '../messages.js';
import type { NatsLink } from '../nats-link.js';
import type { RoutedKind, Subjects } from '../subjects.js';
import { BusSocket } from './bus-socket.js';

/** How long the relay may take to answer a ping, in milliseconds. */
const pingMs = 5_000;

/** Which objects have subjects, by their kind in the bindings. */
const routed: Readonly<Record<string, RoutedKind>> = {
  Channel: 'channel',
  Bridge: 'bridge',
  Playback: 'playback',
  LiveRecording: 'recording',
};

/**
 * The events of one node: a worker subscribes to what it has, makes or listens to, and to nothing else. Whenever events
 * may have been missed, since NATS, the relay or Asterisk was gone, the socket that the client lives on is given up for a
 * new one, which has the client look after what has changed.
 */
export class NodeLink implements SocketSource, InterestWatcher, AudienceWatcher {
  readonly #link: NatsLink;
  readonly #subjects: Subjects;
  readonly #node: string;
  readonly #subscriptions = new Map<string, Subscription>();
  /** Why an object's events are wanted: it is held as a call, or the client says so. */
  readonly #reasons = new Map<string, number>();
  readonly #topics = new Set<Topic>();
  #seen = new Latest();
  #instance = '';
  #isUp = false;
  #isObserving = false;
  #socket: BusSocket | undefined;
  #onUp: (() => void) | undefined;

  constructor(link: NatsLink, subjects: Subjects, node: string) {
    this.#link = link;
    this.#subjects = subjects;
    this.#node = node;
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

  /** The relay has said how it is. */
  announced({ instance, state }: Announcement): void {
    const isUp = state === 'up' || state === 'draining';
    if (!isUp && instance !== this.#instance) {
      // The last words of a relay whose place another one has taken already.
      return;
    }
    if (instance !== this.#instance) {
      this.#socket?.lose('another relay has taken over');
      this.#instance = instance;
    }
    this.#isUp = isUp;
    if (!isUp) {
      this.#socket?.lose(`the relay is ${state}`);
    }
    this.#tellUp();
  }

  /** The connection to NATS is lost, or back. */
  connected(isConnected: boolean): void {
    if (!isConnected) {
      this.#isUp = false;
      this.#socket?.lose('the connection to NATS is lost');
    }
  }

  /** Nobody answers for the node. */
  silent(): void {
    this.#isUp = false;
    this.#socket?.lose('no relay answers');
  }

  /** An event that has come some other way, as an offer. */
  deliver(frame: Buffer): void {
    this.#socket?.deliver(frame);
  }

  wanted(kind: string, id: string): void {
    const place = routed[kind];
    if (place !== undefined) {
      const subject = this.#subjects.eventsForAny(this.#node, place, id);
      this.#reasons.set(subject, (this.#reasons.get(subject) ?? 0) + 1);
      this.#subscribe(subject);
    }
  }

  unwanted(kind: string, id: string): void {
    const place = routed[kind];
    if (place !== undefined) {
      const subject = this.#subjects.eventsForAny(this.#node, place, id);
      const reasons = (this.#reasons.get(subject) ?? 1) - 1;
      if (reasons > 0) {
        this.#reasons.set(subject, reasons);
      } else {
        this.#reasons.delete(subject);
        this.#unsubscribe(subject);
      }
    }
  }

  /** What is about no object with a subject of its own comes only while somebody listens for such events. */
  changed(topic: Topic): void {
    if (topic.carried.some(({ kind }) => routed[kind] !== undefined)) {
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

  async first(signal: AbortSignal): Promise<EventSocket> {
    const socket = await this.#open(signal);
    if (socket === undefined) {
      throw new AriAbortError('the node was given up', 'notSent', { cause: signal.reason });
    }
    return socket;
  }

  async next(loss: Loss, onAttempt: Attempting, signal: AbortSignal): Promise<EventSocket | Error | undefined> {
    this.#socket = undefined;
    if (signal.aborted) {
      return undefined;
    }
    onAttempt(loss.error);
    return this.#open(signal);
  }

  /** Ends all subscriptions. */
  close(): void {
    for (const subscription of this.#subscriptions.values()) {
      subscription.unsubscribe();
    }
    this.#subscriptions.clear();
  }

  /** Resolves when the node is up; with nothing if the signal aborts first. */
  #open(signal: AbortSignal): Promise<EventSocket | undefined> {
    return new Promise((resolve) => {
      const settle = (socket: EventSocket | undefined): void => {
        signal.removeEventListener('abort', onAbort);
        this.#onUp = undefined;
        resolve(socket);
      };
      const onAbort = (): void => settle(undefined);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#onUp = () => {
        this.#seen = new Latest();
        this.#socket = new BusSocket(() => this.#ping());
        settle(this.#socket.asEventSocket);
      };
      if (signal.aborted) {
        onAbort();
      } else {
        this.#tellUp();
      }
    });
  }

  #tellUp(): void {
    if (this.isUp) {
      this.#onUp?.();
    }
  }

  async #ping(): Promise<boolean> {
    return typeof (await this.#link.ask(this.#subjects.ping(this.#node), '', pingMs)) !== 'string';
  }

  #subscribe(subject: string): void {
    if (!this.#isObserving && !this.#subscriptions.has(subject)) {
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
  #receive({ headers, data }: Msg): void {
    const sequence = headers?.get(headerNames.sequence) ?? '';
    if (sequence === '' || !this.#seen.has(sequence)) {
      if (sequence !== '') {
        this.#seen.add(sequence);
      }
      this.#socket?.deliver(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    }
  }
}
