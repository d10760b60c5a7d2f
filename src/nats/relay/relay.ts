import type { StateChange } from '../../contract/connection-state.js';
import { AriError } from '../../errors/ari-error.js';
import { errorText } from '../../support/error-text.js';
import { Deferred } from '../../support/deferred.js';
import { checkDrain, type DrainOptions } from '../../support/drain.js';
import { within } from '../../support/within.js';
import type { RelayState } from '../messages.js';
import type { NatsLink } from '../nats-link.js';
import { PxFace } from '../px/server/px-face.js';
import { Calls } from './calls.js';
import { Incoming } from './incoming.js';
import { Neighbours } from './neighbours.js';
import { Offers } from './offers.js';
import type { RelayOptions, RelaySettings } from './options.js';
import { Publisher } from './publisher.js';
import { RefusedEvents } from './refused-events.js';
import { Reconciler } from './reconciler.js';
import { RelayReplacedError } from './replaced-error.js';
import { RelayClient } from './relay-client.js';
import { Requests } from './requests.js';
import { Standing } from './standing.js';
import type { RelayStatus } from './status.js';
import { WorkerWatch } from './worker-watch.js';

/** Time until it is asked again which calls there are, in milliseconds. */
const againMs = 2_000;

/** How long requests that were sent to it may still take when it closes, in milliseconds. */
const graceMs = 1_000;

/** How long workers must have asked nothing, after the last call, before a relay that drains closes, in milliseconds. */
const afterCallsMs = 1_000;

/** One Asterisk on NATS: its events, its calls, requests to it. */
export class Relay implements AsyncDisposable {
  readonly #settings: RelaySettings;
  readonly #link: NatsLink;
  readonly #client: RelayClient;
  readonly #calls: Calls;
  readonly #requests: Requests;
  readonly #watch: WorkerWatch;
  readonly #reconciler: Reconciler;
  readonly #px: PxFace | undefined;
  readonly #publisher: Publisher;
  readonly #standing: Standing;
  readonly #ends: (() => void)[] = [];
  /** Aborts when it closes. */
  readonly #over = new AbortController();
  readonly #refusedEvents: RefusedEvents;
  #isDraining = false;
  /** Whether NATS is away. */
  #isCutOff = false;
  #timer: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;
  readonly #ended = new Deferred<Error | undefined>();
  #failure: Error | undefined;
  #closing: Promise<void> | undefined;

  /** @internal */
  constructor(options: RelayOptions, settings: RelaySettings, link: NatsLink) {
    const { logger, offerForMs } = settings;
    this.#settings = settings;
    this.#link = link;
    const publisher = new Publisher({ link, subjects: settings.subjects, logger });
    this.#publisher = publisher;
    this.#client = new RelayClient({ logger, ...options.asterisk }, (frame) => incoming.take(frame));
    const node = (): string => this.#standing.node;
    this.#calls = new Calls(
      {
        offer: (call) => offers.offer(call, node(), publisher.instance),
        publish: (frame, event) => publisher.publish(node(), frame, event),
        begun: (call) => publisher.begun(node(), call),
        unclaimed: (call, isTooLong) => void offers.release(call, isTooLong),
        logger,
      },
      offerForMs,
    );
    const send: RelayClient['pass'] = (request, terms) => this.#client.pass(request, terms);
    this.#requests = new Requests({ link, calls: this.#calls, send, logger });
    const parts = { link, settings, calls: this.#calls, client: this.#client };
    const offers = new Offers(parts);
    this.#px = settings.px ? new PxFace({ link, apps: settings.apps, send, logger }) : undefined;
    this.#reconciler = new Reconciler(parts, (call) => this.#calls.started(call));
    this.#watch = new WorkerWatch(
      parts,
      (worker, channelIds) => void this.#reconciler.orphaned(node(), worker, channelIds),
    );
    const [calls, reconciler, px] = [this.#calls, this.#reconciler, this.#px];
    const incoming = new Incoming({ calls, publisher, reconciler, px, node, logger });
    this.#refusedEvents = new RefusedEvents({
      link,
      prefix: settings.subjects.allOfEvents,
      onRefused: (subject) => {
        logger.error(`NATS does not let events be sent to ${subject}: the rights that are needed are in docs/nats.md`);
        this.#standing.become('down');
      },
      onAllowed: () => {
        logger.warn('NATS lets events be sent again');
        publisher.beginAnew();
        if (this.#client.state === 'open') this.#standing.become(this.#stateWhenOpen);
      },
    });
    const neighbours = new Neighbours(parts, publisher);
    this.#standing = new Standing({ ...parts, publisher, neighbours, requests: this.#requests, px });
  }

  /** @internal Resolves when the event connection is open and the first announcement is made. */
  async open(): Promise<void> {
    try {
      await this.#standing.meet();
      this.#client.on('state', (change) => this.#onState(change));
      this.#link.onRefused = (subject) => this.#refused(subject);
      this.#ends.push(this.#link.onChange((isConnected) => this.#onNats(isConnected)));
      void this.#link.closed.then(() => this.#end(new AriError('the connection to NATS is closed')));
      const { apps, subscribeAll, announceMs } = this.#settings;
      await this.#client.start(apps, { subscribeAll });
      this.#timer = setInterval(() => this.#standing.announce(), Math.max(1, announceMs));
      this.#watch.start();
      await this.#link.settled();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** What it has and how it is; fit for a health check. */
  get status(): RelayStatus {
    return {
      node: this.#standing.node,
      state: this.#standing.state,
      apps: this.#settings.apps,
      release: this.#client.asteriskVersion,
      connected: this.#link.isConnected,
      calls: this.#calls.owned,
      offered: this.#calls.offered,
      lost: this.#publisher.lost,
    };
  }

  /**
   * Resolves when it is over: with the error that ended it, or with nothing if that was on purpose. A
   * {@link RelayReplacedError} says that another one serves the applications now.
   */
  get closed(): Promise<Error | undefined> {
    return this.#ended.promise;
  }

  /**
   * Ends without cutting calls off: says that it drains, waits until the last call has left its applications and workers have
   * asked nothing more for a second, or until the time is over, and closes. Resolves with the number of calls that took too long.
   */
  async drain(options: DrainOptions = {}): Promise<number> {
    const boundMs = checkDrain(options);
    this.#isDraining = true;
    this.#standing.become(this.#standing.state === 'up' ? 'draining' : this.#standing.state);
    await within(boundMs, this.#callsDone());
    const left = this.#calls.owned + this.#calls.offered;
    await this.close();
    return left;
  }

  /** Says good-bye and closes everything. Asterisk's channels stay as they are. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    this.#over.abort();
    clearInterval(this.#timer);
    clearTimeout(this.#again);
    this.#watch.stop();
    this.#refusedEvents.close();
    this.#calls.close();
    this.#ends.forEach((end) => end());
    // Who asks from now on is answered by another relay, or told that there is none; who has asked already, by this one.
    await within(graceMs, Promise.all([this.#standing.leave(), this.#px?.leave()]));
    await this.#answered();
    await this.#client.close();
    // What has taken too long has failed with that.
    await this.#answered();
    this.#standing.become('gone');
    this.#standing.close();
    await this.#link.close();
    this.#ended.resolve(this.#failure);
  }

  get #hasCalls(): boolean {
    return this.#calls.owned + this.#calls.offered > 0;
  }

  /** After a call, its worker may have something left to do, such as saving what was recorded. */
  async #callsDone(): Promise<void> {
    const { signal } = this.#over;
    let since = -Infinity;
    do {
      if (this.#hasCalls) {
        await this.#calls.idle();
        since = performance.now();
      }
      await this.#requests.quiet(afterCallsMs, since, signal);
    } while (this.#hasCalls && !signal.aborted);
  }

  async #answered(): Promise<void> {
    await Promise.all([this.#requests.done(graceMs), this.#px?.done(graceMs)]);
  }

  /** What was sent just before NATS was lost, or is sent until it is back, may not arrive. */
  #onNats(isConnected: boolean): void {
    const { logger } = this.#settings;
    if (!isConnected) {
      this.#publisher.beginAnew();
      this.#isCutOff = !this.#link.isConnected;
      if (this.#isCutOff) logger.warn('the connection to NATS is lost');
      return;
    }
    if (this.#isCutOff) logger.info('NATS is connected again');
    this.#isCutOff = false;
    this.#standing.announce();
  }

  #refused(subject: string): boolean {
    const isEvent = this.#refusedEvents.take(subject);
    if (isEvent) {
      this.#publisher.refused();
    }
    return isEvent;
  }

  /** How it is, with a connection to Asterisk. */
  get #stateWhenOpen(): RelayState {
    if (this.#refusedEvents.areThere) {
      return 'down';
    }
    // After an interruption it goes on draining.
    return this.#isDraining ? 'draining' : 'up';
  }

  #onState({ state, previous, error }: StateChange): void {
    clearTimeout(this.#again);
    if (state === 'open') {
      this.#publisher.beginAnew();
      void this.#arrive(previous === 'connecting');
    } else if (previous === 'open' && state === 'reconnecting') {
      this.#standing.become('down');
    } else if (state === 'replaced' || state === 'closed') {
      const taken = new RelayReplacedError(
        `another connection has taken over the applications of ${this.#standing.node}`,
      );
      this.#end(state === 'replaced' ? taken : error);
    }
  }

  /** It cannot go on. */
  #end(error: Error | undefined): void {
    if (this.#closing === undefined) {
      this.#failure = error;
      void this.close();
    }
  }

  /** After events may have been missed: which Asterisk this is, which calls are there, and who has them. */
  async #arrive(isFirst: boolean): Promise<void> {
    try {
      if (!isFirst) {
        await this.#standing.meet();
      }
      if (this.#client.state === 'open') {
        this.#standing.become(this.#stateWhenOpen);
        await this.#reconciler.run(this.#standing.node);
      }
    } catch (error) {
      this.#settings.logger.warn(`could not find out which calls are there: ${errorText(error)}`);
      if (this.#client.state === 'open' && this.#closing === undefined) {
        this.#again = setTimeout(() => void this.#arrive(false), againMs);
      }
    }
  }
}
