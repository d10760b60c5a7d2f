import type { Msg, NatsConnection, SubscriptionOptions } from '@nats-io/transport-node';
import { errorText } from '../support/error-text.js';
import type { Logger } from '../support/logger.js';
import { within } from '../support/within.js';
import { Hearing } from './hearing.js';
import { Inbox, type Patience, type Unanswered } from './inbox.js';
import { headerNames } from './messages.js';
import { bytesOf, headersOf, isTrial, messageSize, type Headers } from './payload.js';
import { Outbox } from './outbox.js';
import type { Answer } from './parts.js';
import { Repeated } from './repeated.js';
import { Rights } from './rights.js';
import { Subscriptions, type Listening } from './subscriptions.js';

type NatsLibrary = typeof import('@nats-io/transport-node');

/** How long a server may take to send what was under way to us when the connection is closed, in milliseconds. */
const closeMs = 1_000;

/** Called for each message. What it throws is logged, and must not end the reading of those after it. */
export type OnMessage = (message: Msg) => void;

/**
 * Told that the connection is lost or back.
 * @param since when what was sent to us may not have come any more, by the clock
 */
export type OnChange = (isConnected: boolean, since: number) => void;

/** What there is to know of a connection. */
export interface LinkTerms {
  readonly library: NatsLibrary;
  /** Whether it is closed with what uses it. */
  readonly isOwn: boolean;
  readonly logger: Logger;
}

/** The connection to NATS as relays and fleets use it. */
export class NatsLink {
  readonly connection: NatsConnection;
  /** Told of answers that come when nobody waits for them any more. */
  onLate: OnMessage = () => undefined;
  /** Told of a subject that may not be sent to; true if whoever sends there looks after it, and says so. */
  onRefused: (subject: string) => boolean = () => false;
  readonly #library: NatsLibrary;
  readonly #isOwn: boolean;
  readonly #logger: Logger;
  readonly #inbox: Inbox;
  readonly #outbox: Outbox;
  readonly #hearing: Hearing;
  readonly #refusals: Repeated;
  readonly #rights = new Rights();
  readonly #subscriptions: Subscriptions;
  readonly #watchers = new Set<OnChange>();
  #isConnected = true;

  constructor(connection: NatsConnection, { library, isOwn, logger }: LinkTerms) {
    this.connection = connection;
    this.#library = library;
    this.#isOwn = isOwn;
    this.#logger = logger;
    this.#outbox = new Outbox(connection);
    this.#hearing = new Hearing(connection);
    this.#refusals = new Repeated((message) => logger.warn(message));
    const inbox = this.newInbox();
    this.#rights.uses(`${inbox}.*`);
    this.#subscriptions = new Subscriptions(
      connection,
      () => this.told(),
      (since) => this.#hearAgain(since),
    );
    this.#inbox = new Inbox(this.#subscriptions, inbox, (answer) => this.#receive(answer, this.onLate));
    void this.#watch();
  }

  /** Whether a server is at the other end just now. */
  get isConnected(): boolean {
    return this.#isConnected && !this.connection.isClosed();
  }

  /** Longest message that the server takes, in bytes. */
  get maxPayload(): number {
    return this.connection.info?.max_payload ?? 1_048_576;
  }

  /** Tells whenever the connection is lost and when it is back. Returns what ends that. */
  onChange(watcher: OnChange): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Resolves when the connection is over, be it by its owner, or for good. */
  get closed(): Promise<unknown> {
    return this.connection.closed();
  }

  subscribe(subject: string, onMessage: OnMessage, options: SubscriptionOptions = {}): Listening {
    this.#rights.uses(subject);
    const take = (message: Msg): void => {
      if (!isTrial(message)) this.#receive(message, onMessage);
    };
    return this.#subscriptions.make(subject, take, options);
  }

  /** Has no more come to subscriptions. Resolves when what was under way to them has been handed out. */
  async finish(subscriptions: readonly Listening[]): Promise<void> {
    this.#outbox.flush();
    await Promise.all(subscriptions.map((each) => each.drain().catch(() => undefined)));
  }

  /** A subject for answers that nobody else knows. */
  newInbox(): string {
    return this.#library.createInbox(inboxPrefixOf(this.connection));
  }

  /**
   * Sends a message; false if it is too long for the server, or there is no connection any more.
   * @param reply where answers are to go, if there may be any
   */
  publish(subject: string, payload: string | Uint8Array, headers?: Headers, reply?: string): boolean {
    const bytes = bytesOf(payload);
    if (this.connection.isClosed() || messageSize(bytes, headers) > this.maxPayload) {
      return false;
    }
    this.#rights.uses(subject);
    this.#outbox.add(subject, bytes, {
      ...(headers && { headers: headersOf(this.#library, headers) }),
      ...(reply !== undefined && { reply }),
    });
    return true;
  }

  /** Answers a message; false if that is not possible. */
  respond({ reply = '' }: Answer, payload: string | Uint8Array, headers?: Headers): boolean {
    return reply !== '' && this.publish(reply, payload, headers);
  }

  /** Asks, and resolves with the first answer or with why there is none. */
  ask(
    subject: string,
    payload: string | Uint8Array,
    patience: Patience,
    headers?: Headers,
  ): Promise<Answer | Unanswered> {
    if (!this.isConnected) {
      return Promise.resolve('unconnected');
    }
    const bytes = bytesOf(payload);
    if (messageSize(bytes, headers) > this.maxPayload) {
      return Promise.resolve('tooLong');
    }
    this.#rights.uses(subject);
    const { reply, answer } = this.#inbox.ask(subject, patience);
    this.#outbox.add(subject, bytes, { reply, ...(headers && { headers: headersOf(this.#library, headers) }) });
    return answer;
  }

  /** Whoever was asked on a subject before a time of `performance.now()` is gone: no answer comes from there any more. */
  forsake(subject: string, before: number): void {
    this.#inbox.forsake(subject, before);
  }

  /** Whether anything asked on a subject waits for its answer. */
  isWaitingOn(subject: string): boolean {
    return this.#inbox.isWaitingOn(subject);
  }

  /** Whether the server answers in time. */
  async answers(timeoutMs: number): Promise<boolean> {
    let hasAnswered = false;
    const answer = this.connection.flush().then(() => {
      hasAnswered = true;
    });
    await within(
      timeoutMs,
      answer.catch(() => undefined),
    );
    return hasAnswered;
  }

  /** Asks, and collects all answers that come in time. */
  async askAll(subject: string, payload: string, timeoutMs: number): Promise<Msg[]> {
    const answers: Msg[] = [];
    try {
      const options = { strategy: 'timer', maxWait: timeoutMs } as const;
      for await (const answer of await this.connection.requestMany(subject, payload, options)) {
        answers.push(answer);
      }
    } catch {
      // Nobody is there to answer, or the connection is gone: what has come is all there is.
    }
    return answers;
  }

  /**
   * Whether the server has let us do all that was done so far; once, when what lives on the connection starts.
   * @param trial subjects that are needed later: a message that says nothing is sent to each
   * @throws {AriError} naming what it has refused
   */
  async checkRights(who: string, trial: readonly string[]): Promise<void> {
    trial.forEach((subject) => this.publish(subject, '', { [headerNames.trial]: '1' }));
    await this.told();
    this.#rights.check(who);
  }

  /** Resolves when the server has said what it refuses of what was done so far; with false if there is none just now. */
  async told(): Promise<boolean> {
    const isSettled = await this.settled();
    // What the server has said before is told in the turn after.
    await new Promise((resolve) => setImmediate(resolve));
    return isSettled;
  }

  /** Resolves when the server knows of every subscription made so far; with false if there is no server just now. */
  async settled(): Promise<boolean> {
    this.#outbox.flush();
    if (!this.isConnected) {
      return false;
    }
    try {
      await this.connection.flush();
      return true;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    this.#watchers.clear();
    this.#hearing.close();
    this.#subscriptions.close();
    this.#outbox.flush();
    if (this.#isOwn && !this.connection.isClosed()) {
      // Draining hands out what has been sent to us; a server that is gone, or stands still, is not waited for.
      if (this.#isConnected) {
        await within(
          closeMs,
          this.connection.drain().catch(() => undefined),
        );
      }
      await this.connection.close();
    }
    this.#inbox.close();
  }

  #receive(message: Msg, onMessage: OnMessage): void {
    try {
      onMessage(message);
    } catch (error) {
      this.#logger.error(`a message on ${message.subject} could not be dealt with: ${errorText(error)}`);
    }
  }

  async #watch(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect' || status.type === 'close' || status.type === 'staleConnection') {
        this.#tell(false, status.type === 'staleConnection');
      } else if (status.type === 'reconnect') {
        this.#tell(true);
      } else if (status.type === 'error') {
        this.#failed(status.error);
      }
    }
    this.#tell(false);
  }

  #failed(error: Error): void {
    if (!(error instanceof this.#library.PermissionViolationError)) {
      this.#refusals.say(`NATS: ${errorText(error)}`);
      return;
    }
    const isTold = this.#rights.refused(error);
    let isNews: boolean;
    if (error.operation === 'publish') {
      this.#inbox.refused(error.subject);
      isNews = !isTold && !this.onRefused(error.subject);
    } else {
      isNews = this.#subscriptions.refused(error);
    }
    if (!isTold && isNews) {
      this.#logger.error(`NATS: ${errorText(error)}: the rights that are needed are in docs/nats.md`);
    }
  }

  /** The server has let us listen again to what it had refused: what was missed is looked after as after an interruption. */
  #hearAgain(since: number): void {
    this.#logger.warn(`NATS: what was refused since ${new Date(since).toISOString()} is heard again`);
    for (const watcher of this.#watchers) {
      watcher(false, since);
      watcher(true, since);
    }
  }

  /** @param isSilent nothing says that it is lost, but that nothing comes */
  #tell(isConnected: boolean, isSilent = false): void {
    if (isConnected !== this.#isConnected) {
      this.#isConnected = isConnected;
      const since = this.#hearing.lostSince(isSilent);
      if (isConnected) {
        this.#hearing.begin();
      } else {
        this.#inbox.lose();
      }
      for (const watcher of this.#watchers) {
        watcher(isConnected, since);
      }
    }
  }
}

/** What rights in NATS may depend on; a connection has it, though its type does not tell. */
function inboxPrefixOf(connection: NatsConnection): string | undefined {
  return (connection as { readonly options?: { readonly inboxPrefix?: string } }).options?.inboxPrefix;
}
