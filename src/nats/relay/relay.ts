import type { Msg, Subscription } from '@nats-io/transport-node';
import type { StateChange } from '../../contract/connection-state.js';
import { AriError } from '../../errors/ari-error.js';
import { ownEvents } from '../../events/reader.js';
import { errorText } from '../../support/error-text.js';
import { Deferred } from '../../support/deferred.js';
import { checkDrain, type DrainOptions } from '../../support/drain.js';
import { within } from '../../support/within.js';
import { isThere, readHoldings, type Announcement, type Pong, type RelayState } from '../messages.js';
import type { NatsLink } from '../nats-link.js';
import { onNats } from '../open-nats.js';
import { PxFace } from '../px/server/px-face.js';
import { Calls } from './calls.js';
import { Neighbours } from './neighbours.js';
import { Offers } from './offers.js';
import { checkRelayOptions, type RelayOptions, type RelaySettings } from './options.js';
import { Publisher } from './publisher.js';
import { Reconciler } from './reconciler.js';
import { RelayClient } from './relay-client.js';
import { Requests } from './requests.js';
import type { StasisEvent } from './stasis-event.js';
import { WorkerWatch } from './worker-watch.js';
import { checkFor } from '../../support/check-option.js';

/** What a relay has done and has. */
export interface RelayStatus {
  /** `system.entity_id` of its Asterisk. */
  readonly node: string;
  readonly state: RelayState;
  readonly apps: readonly string[];
  /** Release of its Asterisk, once it is known. */
  readonly release: string | undefined;
  /** Whether NATS is connected. */
  readonly connected: boolean;
  /** Calls that workers have. */
  readonly calls: number;
  /** Calls that are on offer. */
  readonly offered: number;
  /** Events that could not be passed on, for want of a connection to NATS or because they are too long for it. */
  readonly lost: number;
}

/** Time until it is asked again which calls there are, in milliseconds. */
const againMs = 2_000;

/** How long requests that are on their way may still take when it closes, in milliseconds. */
const graceMs = 1_000;

/** How an answer to a request begins, as Asterisk writes it: it need not be read twice. */
const answer = /^\s*\{\s*"type"\s*:\s*"RESTResponse"/;

/** Messages that the client itself must read. */
const ownTypes: ReadonlySet<unknown> = new Set(['RESTResponse', ...ownEvents]);

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
  readonly #neighbours: Neighbours;
  #subscriptions: Subscription[] = [];
  readonly #ends: (() => void)[] = [];
  #node = '';
  #state: RelayState = 'down';
  #isDraining = false;
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
    this.#publisher = new Publisher({ link, subjects: settings.subjects, logger });
    this.#neighbours = new Neighbours({ link, settings }, this.#publisher);
    this.#client = new RelayClient({ logger, ...options.asterisk }, (frame) => this.#take(frame));
    this.#calls = new Calls(
      {
        offer: (call) => offers.offer(call, this.#node, this.#publisher.instance),
        publish: (frame, event) => this.#publisher.publish(this.#node, frame, event),
        begun: (call) => this.#publisher.begun(this.#node, call),
        unclaimed: (call) => void offers.release(call),
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
      (worker, channelIds) => void this.#reconciler.orphaned(this.#node, worker, channelIds),
    );
  }

  /** @internal Resolves when the event connection is open and the first announcement is made. */
  async open(): Promise<void> {
    try {
      await this.#meet();
      this.#client.on('state', (change) => this.#onState(change));
      this.#ends.push(this.#link.onChange((isConnected) => isConnected && this.#announce()));
      void this.#link.closed.then(() => this.#end(new AriError('the connection to NATS is closed')));
      const { apps, subscribeAll, announceMs } = this.#settings;
      await this.#client.start(apps, { subscribeAll });
      this.#timer = setInterval(() => this.#announce(), Math.max(1, announceMs));
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
      node: this.#node,
      state: this.#state,
      apps: this.#settings.apps,
      release: this.#client.asteriskVersion,
      connected: this.#link.isConnected,
      calls: this.#calls.owned,
      offered: this.#calls.offered,
      lost: this.#publisher.lost,
    };
  }

  /** Resolves when it is over: with the error that ended it, or with nothing if that was on purpose. */
  get closed(): Promise<Error | undefined> {
    return this.#ended.promise;
  }

  /**
   * Ends without cutting calls off: says that it drains, waits until the last call has left its applications or the time
   * is over, and closes. Resolves with the number of calls that took too long.
   */
  async drain(options: DrainOptions = {}): Promise<number> {
    const boundMs = checkDrain(options);
    this.#isDraining = true;
    this.#setState(this.#state === 'up' ? 'draining' : this.#state);
    await within(boundMs, this.#calls.idle());
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
    clearInterval(this.#timer);
    clearTimeout(this.#again);
    this.#watch.stop();
    this.#calls.close();
    this.#ends.forEach((end) => end());
    await Promise.all([this.#requests.done(graceMs), this.#px?.close(graceMs)]);
    await this.#client.close();
    this.#setState('gone');
    this.#subscriptions.forEach((each) => each.unsubscribe());
    await this.#link.close();
    this.#ended.resolve(this.#failure);
  }

  /** Finds out which Asterisk this is, and stands in for it. */
  async #meet(): Promise<void> {
    await this.#client.probe();
    const info = (await this.#client.ask('/asterisk/info', 'only=system')) as { system?: { entity_id?: string } };
    const { entity_id: node = '' } = info.system ?? {};
    if (node === '') {
      throw new AriError('Asterisk does not tell its entity id, by which it is known: set entityid in asterisk.conf');
    }
    if (node !== this.#node) {
      await this.#neighbours.check(node);
      if (this.#node !== '') {
        this.#settings.logger.warn(`Asterisk calls itself ${node} now, no longer ${this.#node}`);
        this.#announce('gone');
      }
      this.#node = node;
      this.#subscribe();
      if (this.#state !== 'down') {
        this.#announce();
      }
    }
  }

  #subscribe(): void {
    const { subjects } = this.#settings;
    this.#subscriptions.forEach((each) => each.unsubscribe());
    // Of two relays for one Asterisk, one handles a request.
    const queue = 'relay';
    this.#subscriptions = [
      this.#link.subscribe(subjects.announcements, ({ data }) => this.#neighbours.heard(this.#node, data)),
      this.#link.subscribe(subjects.roll, ({ reply }) => this.#announce(this.#state, reply || undefined)),
      this.#link.subscribe(subjects.ping(this.#node), (message) => this.#pong(message), { queue }),
      this.#link.subscribe(subjects.request(this.#node), (message) => void this.#requests.handle(message), { queue }),
    ];
    this.#px?.standFor(this.#node);
  }

  #onState({ state, previous, error }: StateChange): void {
    if (state === 'open') {
      this.#publisher.beginAnew();
      this.#setState('up');
      void this.#reconcile(previous === 'connecting');
    } else if (previous === 'open' && state === 'reconnecting') {
      this.#setState('down');
    } else if (state === 'replaced' || state === 'closed') {
      const taken = new AriError(`another connection has taken over the applications of ${this.#node}`);
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

  /** After events may have been missed: which calls are there, and who has them. */
  async #reconcile(isFirst: boolean): Promise<void> {
    try {
      if (!isFirst) {
        await this.#meet();
      }
      await this.#reconciler.run(this.#node);
    } catch (error) {
      this.#settings.logger.warn(`could not find out which calls are there: ${errorText(error)}`);
      if (this.#closing === undefined) {
        this.#again = setTimeout(() => isThere(this.#state) && void this.#reconcile(false), againMs);
      }
    }
  }

  #setState(next: RelayState): void {
    // After an interruption it goes on draining.
    const state = next === 'up' && this.#isDraining ? 'draining' : next;
    if (this.#state !== 'gone') {
      this.#state = state;
    }
    this.#px?.setUp(isThere(state));
    this.#announce(state);
  }

  /** @param to who has asked; everybody if left out */
  #announce(state = this.#state, to = this.#settings.subjects.announcements): void {
    if (this.#node === '') {
      return;
    }
    const { apps } = this.#settings;
    const release = this.#client.asteriskVersion;
    const announcement: Announcement = {
      node: this.#node,
      instance: this.#publisher.instance,
      apps: [...apps],
      state,
      ...(release !== undefined && { release }),
    };
    this.#link.publish(to, JSON.stringify(announcement));
  }

  /** A worker that was away asks with what it had, and is told what others have now. */
  #pong(message: Msg): void {
    const { worker, channels } = readHoldings(message.data) ?? { worker: '', channels: [] };
    const others = this.#calls.returned(worker, channels);
    const { apps } = this.#settings;
    const { instance } = this.#publisher;
    const pong: Pong = { node: this.#node, instance, apps: [...apps], state: this.#state, others };
    this.#link.respond(message, JSON.stringify(pong));
  }

  /** False for what the client reads itself. */
  #take(frame: Buffer): boolean {
    if (answer.test(frame.toString('latin1', 0, 40))) {
      return false;
    }
    let event: unknown;
    try {
      event = JSON.parse(frame.toString());
    } catch {
      event = undefined;
    }
    if (ownTypes.has((event as StasisEvent | null | undefined)?.type)) {
      return false;
    }
    if (typeof event !== 'object' || event === null || typeof (event as StasisEvent).application !== 'string') {
      this.#settings.logger.warn('a message that is no event was not passed on');
      return true;
    }
    this.#route(frame, event as StasisEvent);
    return true;
  }

  #route(frame: Buffer, event: StasisEvent): void {
    const { type, application: app, channel } = event;
    this.#px?.event(frame, event);
    const channelId = typeof channel?.id === 'string' ? channel.id : undefined;
    if (type === 'StasisStart' && channelId !== undefined) {
      if (this.#calls.started({ app, channelId, frame, isAdopted: false })) {
        return;
      }
    }
    const isOver = channelId !== undefined && (type === 'StasisEnd' || type === 'ChannelDestroyed');
    if (channelId === undefined || !this.#calls.holds(channelId, frame, event)) {
      this.#publisher.publish(this.#node, frame, event);
    }
    if (isOver) {
      this.#reconciler.ended(channelId);
      this.#calls.ended(channelId, type === 'StasisEnd' ? app : undefined);
    }
  }
}

/**
 * Starts a relay: connects to Asterisk and to NATS, and passes on between them until it is closed.
 * @throws {AriValidationError} for a wrong option; {AriConnectionError} if Asterisk or NATS cannot be reached; {AriError}
 *   if another relay stands for this Asterisk, with applications that this one has not
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const settings = checkFor('startRelay', () => checkRelayOptions(options));
  return onNats(options, `ari-relay ${settings.apps.join(',')}`, settings.logger, async (link) => {
    const relay = new Relay(options, settings, link);
    await relay.open();
    return relay;
  });
}
