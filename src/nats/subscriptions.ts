import type {
  Msg,
  NatsConnection,
  PermissionViolationError,
  Subscription,
  SubscriptionOptions,
} from '@nats-io/transport-node';
import { Refusals, type RefusalsParts } from './refusals.js';

/** What somebody listens to. */
export interface Listening {
  readonly subject: string;
  /** Hears no more. */
  unsubscribe(): void;
  /** Hears what is under way, and then no more. */
  drain(): Promise<void>;
}

/**
 * The subscriptions of a connection. One that the server refuses, since the rights have changed, is dropped for good, by the
 * server and by the library; it is made again until it is allowed.
 */
export class Subscriptions {
  readonly #connection: NatsConnection;
  readonly #all = new Set<Lasting>();
  readonly #refusals: Refusals<Lasting>;

  /** @param onBack told that something was not heard since then, by the clock, and is heard again */
  constructor(connection: NatsConnection, told: RefusalsParts<Lasting>['told'], onBack: (since: number) => void) {
    this.#connection = connection;
    this.#refusals = new Refusals({ tryAgain: (each) => this.#resume(each), told, onAllowed: onBack });
  }

  /** @param onMessage what it throws ends nothing but the process */
  make(subject: string, onMessage: (message: Msg) => void, options: SubscriptionOptions = {}): Listening {
    const callback = (error: Error | null, message: Msg): void => {
      if (error === null) onMessage(message);
    };
    const begin = (): Subscription => this.#connection.subscribe(subject, { ...options, callback });
    const made = new Lasting({ subject, queue: options.queue }, begin, () => {
      this.#all.delete(made);
      this.#refusals.delete(made);
    });
    this.#all.add(made);
    return made;
  }

  /** The server has refused a subject. False if it is none of these, or they were refused before. */
  refused({ subject, queue }: PermissionViolationError): boolean {
    let isNews = false;
    for (const each of this.#all) {
      // Of one that it takes away, a server does not say the queue.
      if (each.subject === subject && (queue === undefined || queue === each.queue)) {
        isNews = this.#refusals.add(each) || isNews;
        each.pause();
      }
    }
    return isNews;
  }

  close(): void {
    this.#refusals.close();
  }

  #resume(refused: Lasting): void {
    if (!this.#connection.isClosed() && !this.#connection.isDraining()) {
      refused.resume();
    }
  }
}

/** A subscription that may be made several times. */
class Lasting implements Listening {
  readonly subject: string;
  readonly queue: string | undefined;
  readonly #begin: () => Subscription;
  readonly #onEnd: () => void;
  #current: Subscription;

  constructor(
    { subject, queue }: { readonly subject: string; readonly queue: string | undefined },
    begin: () => Subscription,
    onEnd: () => void,
  ) {
    this.subject = subject;
    this.queue = queue;
    this.#begin = begin;
    this.#onEnd = onEnd;
    this.#current = begin();
  }

  pause(): void {
    if (!this.#current.isClosed()) {
      this.#current.unsubscribe();
    }
  }

  resume(): void {
    this.pause();
    this.#current = this.#begin();
  }

  unsubscribe(): void {
    this.#onEnd();
    this.pause();
  }

  drain(): Promise<void> {
    this.#onEnd();
    return this.#current.drain();
  }
}
