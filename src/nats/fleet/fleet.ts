import type { ClientEvents } from '../../client/base-client.js';
import { placeholder } from '../../client/client-class.js';
import type { ClientCore } from '../../contract/client-core.js';
import { clientOf, idOf, ObjectHandle } from '../../contract/object-handle.js';
import type { GapNotice } from '../../contract/notices.js';
import type { ListenOptions, Subscription } from '../../contract/subscription.js';
import { AriError } from '../../errors/ari-error.js';
import { Deferred } from '../../support/deferred.js';
import { checkDrain, type DrainOptions } from '../../support/drain.js';
import { MapView } from '../../support/map-view.js';
import { pause } from '../../support/pause.js';
import { checkListener } from '../../support/check-option.js';
import { uniqueId } from '../../support/unique-id.js';
import { within } from '../../support/within.js';
import type { NatsLink } from '../nats-link.js';
import type { NatsAccess } from '../nats-access.js';
import { onNats } from '../open-nats.js';
import type { Dialect, Speak } from './dialect.js';
import type { LinkedNode } from './fleet-node.js';
import type { FleetNode } from './node.js';
import { FleetSubscription, type Heard } from './fleet-subscription.js';
import { HeldCalls } from './held-calls.js';
import { NodeListeners, type NodeListener } from './node-listeners.js';
import type { CommonSettings } from './options.js';
import { recount } from './recount.js';
import { UnservedApps } from './unserved-apps.js';

/** What of a client is used here, whatever its bindings. */
interface NodeClient {
  idle(): Promise<void>;
  on(type: 'gap', listener: (notice: GapNotice) => unknown): unknown;
  on(type: string | readonly string[], listener: (event: CallEvent) => unknown): unknown;
}

interface CallEvent {
  readonly type: string;
  /** Nothing where the application has events delivered that are not as they should be. */
  readonly channel?: { readonly id: string } | null;
}

interface Closable {
  close(): Promise<void>;
}

/** Many Asterisks by way of NATS: a client for each of their relays, and a share of the calls that come to them. */
export class Fleet<C extends object> implements AsyncDisposable {
  /** Id of this worker, by which relays know whose calls are whose. */
  readonly id = uniqueId();
  readonly #settings: CommonSettings<C>;
  readonly #link: NatsLink;
  readonly #nodes = new Map<string, LinkedNode<C>>();
  /** The nodes of objects, those included that have gone away. */
  readonly #byCore = new WeakMap<ClientCore, LinkedNode<C>>();
  /** Nodes that are going away. */
  readonly #leaving = new Set<Promise<void>>();
  readonly #calls = new HeldCalls<C>();
  readonly #dialect: Dialect;
  readonly #heard = new Set<FleetSubscription>();
  /** A client of no node: says what is wrong with a listener before there is a node. */
  readonly #model: Closable;
  readonly #nodeListeners: NodeListeners<C>;
  readonly #unserved: UnservedApps;
  readonly #stopWatching: () => void;
  #isDraining = false;
  /** Aborts when it is closed. */
  readonly #end = new AbortController();
  readonly #ended = new Deferred<Error | undefined>();
  #failure: Error | undefined;
  #closing: Promise<void> | undefined;

  /**
   * The nodes that relays have announced, by their ids, those included that are down just now: it shows those to come, too.
   * A node goes away when its Asterisk goes by another name. Of those that are gone and of which this worker has nothing, the
   * latest 100 are kept. One that has gone away comes back as a new node, of which `onNode` tells.
   */
  readonly nodes: ReadonlyMap<string, FleetNode<C>> = new MapView(this.#nodes);

  /** @internal */
  constructor(settings: CommonSettings<C>, link: NatsLink, speak: Speak<C>) {
    this.#settings = settings;
    this.#link = link;
    const model = new settings.client({ ...settings.clientOptions, ...placeholder('http://model.nats/') });
    this.#model = model as unknown as Closable;
    this.#nodeListeners = new NodeListeners(settings.logger);
    this.#unserved = new UnservedApps(settings, this.nodes);
    this.#dialect = speak({
      worker: this.id,
      calls: this.#calls,
      node: (id) => this.#nodes.get(id),
      add: (node) => this.#add(node),
      recount: (node) => this.#recount(node),
      over: (node, why) => this.#over(node, why),
      forget: (node, why) => this.#forget(node, why),
    });
    this.#stopWatching = link.onChange((isConnected, since) => this.#connected(isConnected, since));
    void link.closed.then((cause) =>
      this.#fail(new AriError('the connection to NATS is closed', cause instanceof Error ? { cause } : undefined)),
    );
  }

  /**
   * @internal Waits until a node has announced itself, but not for ever: it may come later.
   * @throws {AriError} if NATS refuses a right that the worker needs
   */
  async discover(): Promise<void> {
    const end = performance.now() + this.#settings.discoverMs;
    this.#unserved.look();
    this.#dialect.callRoll();
    while (this.#nodes.size === 0 && performance.now() < end) {
      await pause(20, undefined);
    }
    await this.#dialect.checkRights();
  }

  /** Whether NATS is connected, and one node at least is up: what a check of health looks at. */
  get isUp(): boolean {
    return this.#link.isConnected && [...this.#nodes.values()].some(({ isUp }) => isUp);
  }

  /**
   * Calls a listener for events of whatever this worker has, on any node, those to come included: `on` of all clients at once.
   * It is given the node, too; so who hears of a `gap` or a `state` knows which Asterisk it is about.
   * @throws {AriValidationError} if there is no event of that type
   */
  on<T extends keyof ClientEvents<C> & string>(
    type: T | readonly T[],
    listener: (event: ClientEvents<C>[T], node: FleetNode<C>) => unknown,
    options?: ListenOptions,
  ): Subscription {
    checkListener('on', listener);
    return this.#listen([type, listener as Heard[1], options]);
  }

  /**
   * Calls a listener for each node that relays have announced, and for each one that comes, once; when it is up is told by
   * `state`. What it throws is written to the log.
   */
  onNode(listener: NodeListener<C>): Disposable {
    checkListener('onNode', listener);
    return this.#nodeListeners.add(listener, this.#nodes.values());
  }

  /** How many calls this worker has; none once it is closed. */
  get calls(): number {
    return this.#closing === undefined ? this.#calls.size : 0;
  }

  /** @throws {AriError} if no relay has announced such a node */
  node(id: string): FleetNode<C> {
    const node = this.#nodes.get(id);
    if (node === undefined) {
      const known = [...this.#nodes.keys()].join(', ') || 'none';
      throw new AriError(`no relay has announced the node '${id}'; announced are: ${known}`);
    }
    return node;
  }

  /** The node that an object lives on. @throws {AriError} if it is none of this fleet's objects */
  nodeOf(object: ObjectHandle): FleetNode<C> {
    const node = object instanceof ObjectHandle ? this.#byCore.get(clientOf(object)) : undefined;
    if (node === undefined) {
      throw new AriError(`${String(object)} is not of this fleet`);
    }
    return node;
  }

  /** Whether a channel's call was another worker's, which is gone. */
  isAdopted(channel: ObjectHandle): boolean {
    return this.#calls.isAdopted(this.nodeOf(channel).id, idOf(channel));
  }

  /**
   * Ends without cutting calls off: takes no more, waits until the last call is over and listeners have done what they still
   * do, such as saving a message after the hang-up, or until the time is over, and closes. Resolves with the number of calls
   * that took too long; relays offer those to other workers. Within a listener, do not await it.
   */
  async drain(options: DrainOptions = {}): Promise<number> {
    const boundMs = checkDrain(options);
    this.#isDraining = true;
    await within(
      boundMs,
      this.#dialect
        .leave()
        .then(() => this.#calls.idle())
        .then(() => this.#idle()),
    );
    const left = this.#calls.size;
    await this.close();
    return left;
  }

  /**
   * Resolves when it is over: with the error that ended it, such as that the connection to NATS is over for good, or with
   * nothing if that was on purpose.
   */
  get closed(): Promise<Error | undefined> {
    return this.#ended.promise;
  }

  /** Closes every client and the connection to NATS; a connection of yours is left open. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    this.#isDraining = true;
    this.#end.abort();
    this.#unserved.close();
    this.#nodeListeners.close();
    this.#stopWatching();
    this.#calls.close();
    this.#dialect.close();
    const failure = this.#failure;
    const nodes = [...this.#nodes.values()].map((node) => (failure === undefined ? node.close() : node.end(failure)));
    await Promise.all([this.#model.close(), ...nodes, ...this.#leaving]);
    await this.#link.close();
    this.#ended.resolve(failure);
  }

  /** It cannot go on. */
  #fail(error: Error): void {
    if (this.#closing === undefined) {
      this.#settings.logger.error(`the fleet is over: ${error.message}`);
      this.#failure = error;
      void this.close();
    }
  }

  async #idle(): Promise<void> {
    const clients = [...this.#nodes.values()].map(({ client }) => client as unknown as NodeClient);
    await Promise.all(clients.map((each) => each.idle()));
  }

  #listen(heard: Heard): FleetSubscription {
    const subscription = new FleetSubscription(
      heard,
      () => this.#link.settled(),
      (closed) => this.#unlisten(closed),
    );
    subscription.addTo({ client: this.#model });
    for (const node of this.#nodes.values()) {
      subscription.addTo(node);
    }
    if (subscription.closed) {
      return subscription;
    }
    this.#heard.add(subscription);
    if (subscription.takesCalls && !this.#settings.observe && !this.#isDraining) {
      this.#dialect.take();
    }
    return subscription;
  }

  #unlisten(subscription: FleetSubscription): void {
    this.#heard.delete(subscription);
    if (![...this.#heard].some(({ takesCalls }) => takesCalls)) {
      void this.#dialect.leave();
    }
  }

  #connected(isConnected: boolean, since: number): void {
    for (const { link } of this.#nodes.values()) {
      link.connected(isConnected, since);
    }
    if (isConnected) {
      this.#dialect.callRoll();
    }
  }

  /** Listens, for the application and on the fleet's own account. */
  #add(node: LinkedNode<C>): void {
    this.#nodes.set(node.id, node);
    this.#byCore.set(node.core, node);
    if (!this.#settings.observe) {
      this.#count(node);
    }
    for (const subscription of this.#heard) {
      subscription.addTo(node);
    }
    this.#nodeListeners.tell(node);
    this.#unserved.look();
  }

  /** Keeps count of the calls that this worker has on a node. */
  #count(node: LinkedNode<C>): void {
    const client = node.client as unknown as NodeClient;
    const ended = (id: string, isGone: boolean): void => {
      node.own.delete(id);
      this.#calls.ended(node, id, isGone);
    };
    client.on('StasisStart', ({ channel }) => {
      if (channel) {
        node.own.add(channel.id);
        this.#calls.begun(node, channel.id);
      }
    });
    client.on(
      ['StasisEnd', 'ChannelDestroyed'],
      ({ type, channel }) => channel && ended(channel.id, type === 'ChannelDestroyed'),
    );
    client.on('gap', ({ gone }) => {
      gone.channels.forEach((id) => ended(id, true));
      return this.#recount(node);
    });
  }

  #over(node: LinkedNode<C>, why: string): void {
    this.#calls.on(node.id).forEach((id) => this.#calls.ended(node, id, true));
    node.over();
    this.#forget(node, why);
  }

  #forget(node: LinkedNode<C>, why: string): void {
    this.#nodes.delete(node.id);
    this.#settings.logger.info(`the node ${node.id} goes away: ${why}`);
    const leaving = node.end(new AriError(why)).then(() => {
      this.#heard.forEach((subscription) => subscription.removeFrom(node));
      this.#leaving.delete(leaving);
    });
    this.#leaving.add(leaving);
  }

  #recount(node: LinkedNode<C>): Promise<void> {
    const { logger } = this.#settings;
    return recount(node, { calls: this.#calls, dialect: this.#dialect, logger, signal: this.#end.signal });
  }
}

/** @internal Joins the workers of a fleet by what they speak. */
export function join<C extends object>(
  access: NatsAccess,
  settings: CommonSettings<C>,
  speakOn: (link: NatsLink) => Speak<C>,
): Promise<Fleet<C>> {
  return onNats(access, `asterisk-ari ${settings.apps.join(',')}`, settings.logger, async (link) => {
    const fleet = new Fleet(settings, link, speakOn(link));
    try {
      await fleet.discover();
    } catch (error) {
      await fleet.close();
      throw error;
    }
    return fleet;
  });
}
