import type { Operation } from '../contract/operation.js';
import type { Dispatcher } from '../events/dispatcher.js';
import type { Expectation } from '../events/recent-objects.js';
import { ObjectHandle } from '../contract/object-handle.js';
import { AnswerObserver } from './answer-observer.js';
import { Arrivals, type Arrival } from './arrivals.js';
import { Demands } from './demands.js';
import { Departures } from './departures.js';
import { ForeignChannels } from './foreign-channels.js';
import { Inquiry, isMortal, type SendRequest } from './inquiry.js';
import type { Logger } from '../support/logger.js';
import { tellPresent } from './residents.js';
import { Resync, type Attachment } from './resync.js';
import type { Settings } from './settings.js';
import { SourceFilter } from './source-filter.js';
import { Subscriptions } from './subscriptions.js';
import { Unsubscribed } from './unsubscribed.js';

/** What the client does on its own account, so that listeners and subscriptions stay true to what is in Asterisk. */
export class Upkeep {
  readonly #dispatcher: Dispatcher;
  readonly #inquiry: Inquiry;
  readonly #logger: Logger;
  readonly #subscriptions: Subscriptions;
  readonly #departures: Departures;
  readonly #resync: Resync;
  readonly #answers: AnswerObserver;
  readonly #filter: SourceFilter | undefined;
  readonly #arrivals = new Arrivals();
  readonly #demands: Demands;
  readonly #foreign: ForeignChannels;
  readonly #unsubscribed: Unsubscribed;
  #isInterrupted = false;
  /** The applications of the event connection. */
  #apps: ReadonlySet<string> = new Set();

  /**
   * @param send sends a request that the application has not asked for
   */
  constructor(dispatcher: Dispatcher, send: SendRequest, { logger, filters, source }: Settings) {
    this.#dispatcher = dispatcher;
    const inquiry = new Inquiry(send);
    this.#inquiry = inquiry;
    this.#logger = logger;
    const subscriptions = new Subscriptions(inquiry, logger);
    this.#subscriptions = subscriptions;
    this.#departures = new Departures(dispatcher, inquiry, logger);
    this.#resync = new Resync({ dispatcher, inquiry, subscriptions, departures: this.#departures, logger, source });
    this.#answers = new AnswerObserver(dispatcher, subscriptions, this.#departures);
    this.#demands = new Demands(inquiry, subscriptions, logger);
    this.#foreign = new ForeignChannels(dispatcher, this.#demands, this.#departures);
    this.#unsubscribed = new Unsubscribed(dispatcher, inquiry, logger);
    this.#filter = filters ? new SourceFilter(dispatcher, inquiry, logger) : undefined;
  }

  /** The event connection is open, until the signal aborts; resolves when what was interrupted has been put right once. */
  async opened(attachment: Attachment, signal: AbortSignal): Promise<void> {
    this.#isInterrupted = false;
    this.#apps = attachment.apps;
    this.#dispatcher.singles.hearing();
    this.#departures.open(attachment.apps, signal);
    if (this.#filter !== undefined) {
      await this.#filter.opened(attachment.apps, signal);
    }
    this.#demands.opened(attachment.apps, signal);
    this.#foreign.opened(attachment);
    this.#unsubscribed.opened(attachment, signal);
    await this.#resync.opened(attachment, signal);
    this.#demands.restored();
  }

  /** Tells what is in the applications of a client that was just started. */
  tellPresent(opened: Promise<void>, readAll: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const parts = { dispatcher: this.#dispatcher, inquiry: this.#inquiry, logger: this.#logger, opened, readAll };
    return tellPresent(parts, [...this.#apps], signal);
  }

  /**
   * The event connection is about to be closed on purpose: resolves when Asterisk can take that, or after a moment
   * without an answer. Undefined if it can anyway.
   */
  leaving({ apps, subscribeAll }: Attachment): Promise<void> | undefined {
    const devices = this.#subscriptions.takeBackDeviceStates(apps, subscribeAll);
    return this.#filter === undefined ? devices : Promise.all([devices, this.#filter.leaving()]).then(() => undefined);
  }

  /** Another connection has taken an application over for good. */
  replaced(app: string): void {
    this.#filter?.replaced(app);
  }

  /** The event connection is gone, for whatever reason. @param since by the clock */
  lost(since: number): void {
    this.#isInterrupted = true;
    this.#dispatcher.singles.deaf();
    this.#resync.lost(since);
  }

  /** These channels are the client's business, listened to or not. */
  owns(channelIds: ReadonlySet<string>): void {
    this.#resync.own = channelIds;
  }

  /** What was in this Asterisk is over: it will not come back. */
  over(): void {
    this.#resync.over(this.#apps);
  }

  /** There is no event connection, and none is being opened. */
  detached(): void {
    this.#isInterrupted = false;
    this.#departures.detached();
  }

  /** An event of an application has come some other way than over a connection. */
  fed(app: unknown): void {
    if (!this.#isInterrupted) {
      this.#dispatcher.singles.hearing();
    }
    this.#departures.fed(app);
  }

  /** An object comes to be listened to of which nobody knows whether it is still there. */
  doubted(kind: string, id: string): void {
    if (isMortal(kind)) {
      this.#departures.suspect(kind, id);
    }
  }

  /** An object that is listened to may have sent its last event. */
  parted(kind: string, id: string): void {
    this.#departures.left(kind, id);
  }

  /**
   * A request of the application is about to be sent: undefined, or a promise to wait for.
   * @throws {AriValidationError} if it would contradict what the client does on its own account
   */
  before({ name }: Operation, params: object | undefined, signal: AbortSignal | undefined): Promise<void> | undefined {
    this.#filter?.refuseOwn(name, params);
    return this.#filter?.beforeRequest(name, signal);
  }

  /** Of the channels that a request names, those that are yet to come into their applications; undefined for none. */
  arrivalOf(params: object | undefined): Arrival | undefined {
    return this.#arrivals.of(params);
  }

  /** A request of the application is sent now. */
  called(operation: Operation, params: object | undefined): Expectation | undefined {
    return this.#answers.called(operation, params);
  }

  /** A request of the application has succeeded. */
  succeeded(
    operation: Operation,
    params: object | undefined,
    result: unknown,
    expectation: Expectation | undefined,
  ): void {
    this.#answers.succeeded(operation, params, result, expectation);
    if (result instanceof ObjectHandle) {
      this.#arrivals.made(operation, params, result, this.#apps);
      this.#foreign.made(operation, params, result);
    }
  }

  /** A request of the application has failed. */
  failed(params: object | undefined, error: unknown, expectation: Expectation | undefined): void {
    expectation?.cancel();
    this.#answers.failed(params, error);
  }
}
