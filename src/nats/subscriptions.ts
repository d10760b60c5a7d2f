import type {
  Msg,
  NatsConnection,
  PermissionViolationError,
  Subscription,
  SubscriptionOptions,
} from '@nats-io/transport-node';

/** Time until what was refused is tried again, in milliseconds. */
const againMs = 5_000;

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
 * server and by the library; rights may be given back, so it is made again until nobody wants it any more.
 */
export class Subscriptions {
  readonly #connection: NatsConnection;
  readonly #onBack: (since: number) => void;
  readonly #all = new Set<Lasting>();
  /** Those that were refused, and since when, by the clock. */
  readonly #refused = new Map<Lasting, number>();
  /** Those of them that were made again, and not refused since. */
  #tried = new Set<Lasting>();
  #timer: NodeJS.Timeout | undefined;

  /** @param onBack told that something was not heard since then, by the clock, and is heard again */
  constructor(connection: NatsConnection, onBack: (since: number) => void) {
    this.#connection = connection;
    this.#onBack = onBack;
  }

  make(subject: string, onMessage: (message: Msg) => void, options: SubscriptionOptions = {}): Listening {
    const callback = (error: Error | null, message: Msg): void => {
      if (error === null) onMessage(message);
    };
    const begin = (): Subscription => this.#connection.subscribe(subject, { ...options, callback });
    const made = new Lasting({ subject, queue: options.queue }, begin, () => {
      this.#all.delete(made);
      this.#refused.delete(made);
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
        isNews ||= !this.#refused.has(each);
        this.#refused.set(each, this.#refused.get(each) ?? Date.now());
        this.#tried.delete(each);
        each.pause();
      }
    }
    this.#tryLater();
    return isNews;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#refused.clear();
  }

  #tryLater(): void {
    if (this.#refused.size > 0) {
      this.#timer ??= setTimeout(() => void this.#tryAgain(), againMs).unref();
    }
  }

  async #tryAgain(): Promise<void> {
    try {
      this.#tried = new Set(this.#refused.keys());
      this.#tried.forEach((each) => each.resume());
      await this.#connection.flush();
      // What the server has said before is told in the turn after.
      await new Promise((resolve) => setImmediate(resolve));
      this.#heardAgain([...this.#tried]);
    } catch {
      // The connection is lost, or closed.
    }
    this.#timer = undefined;
    if (!this.#connection.isClosed()) {
      this.#tryLater();
    }
  }

  #heardAgain(back: readonly Lasting[]): void {
    const since = Math.min(...back.map((each) => this.#refused.get(each) ?? Infinity));
    back.forEach((each) => this.#refused.delete(each));
    if (since < Infinity) {
      this.#onBack(since);
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
