import type { Msg, Subscription as NatsSubscription } from '@nats-io/transport-node';
import { clientOf, idOf, type ObjectHandle } from '../../contract/object-handle.js';
import { AriError } from '../../errors/ari-error.js';
import { checkDuration } from '../../support/check-option.js';
import { errorText } from '../../support/error-text.js';
import { pause } from '../../support/pause.js';
import { uniqueId } from '../../support/unique-id.js';
import { parse, readAnnouncement, readPong, type Announcement, type Holdings } from '../messages.js';
import type { NatsLink } from '../nats-link.js';
import { openNats } from '../open-nats.js';
import { LinkedNode, type FleetNode } from './fleet-node.js';
import { FleetSubscription, type Heard, type ListenedClient } from './fleet-subscription.js';
import { checkFleetOptions, type FleetOptions, type FleetSettings } from './options.js';
import { WorkerCalls } from './worker-calls.js';

/** How long a relay may take to say which calls others have, in milliseconds. */
const recountMs = 5_000;

/** How `on` of a client is called. */
export type OnOf<C> = C extends { on: infer On } ? On : never;

/** How `drain` ends. */
export interface FleetDrainOptions {
  /** How long calls may still take, in milliseconds; 0 for no time at all. @default 30,000 */
  readonly timeoutMs?: number | undefined;
}

/** What of a client is used here, whatever its bindings. */
interface NodeClient {
  on(type: string | readonly string[], listener: (event: CallEvent) => unknown): unknown;
  readonly channels: { list(): Promise<readonly ListedChannel[]> };
}

interface ListedChannel {
  readonly id: string;
  toJSON(): unknown;
}

interface CallEvent {
  readonly type: string;
  readonly channel: { readonly id: string };
}

/** Many Asterisks by way of NATS: a client for each of their relays, and a share of the calls that come to them. */
export class Fleet<C extends object> implements AsyncDisposable {
  /** Id of this worker, by which relays know whose calls are whose. */
  readonly id = uniqueId();
  readonly #settings: FleetSettings<C>;
  readonly #link: NatsLink;
  readonly #nodes = new Map<string, LinkedNode<C>>();
  readonly #calls: WorkerCalls<C>;
  readonly #heard = new Set<FleetSubscription>();
  readonly #subscriptions: NatsSubscription[];
  readonly #mailbox: string;
  /** A client of no node: says what is wrong with a listener before there is a node. */
  readonly #model: ListenedClient & { close(): Promise<void> };
  readonly #stopWatching: () => void;
  #isDraining = false;
  #closing: Promise<void> | undefined;

  /** Calls a listener for events of whatever this worker has, on any node: `on` of all clients at once. */
  readonly on: OnOf<C>;

  /** @internal */
  constructor(settings: FleetSettings<C>, link: NatsLink) {
    this.#settings = settings;
    this.#link = link;
    const nodeOf = (id: string): LinkedNode<C> | undefined => this.#upNode(id);
    this.#calls = new WorkerCalls({ settings, link, worker: this.id, nodeOf });
    this.on = ((...heard: Heard) => this.#listen(heard)) as unknown as OnOf<C>;
    const model = new settings.client({ url: 'http://model.nats/', username: 'none', password: this.id });
    this.#model = model as unknown as ListenedClient & { close(): Promise<void> };
    const { subjects } = settings;
    this.#mailbox = link.newInbox();
    this.#subscriptions = [
      link.subscribe(subjects.announcements, ({ data }) => this.#announced(data)),
      // It is empty where no relay is there.
      link.subscribe(this.#mailbox, ({ data }) => data.length > 0 && this.#announced(data)),
      link.subscribe(subjects.worker(this.id), (message) => this.#present(message)),
      link.subscribe(subjects.muster, (message) => this.#muster(message)),
    ];
    this.#stopWatching = link.onChange((isConnected) => this.#connected(isConnected));
  }

  /** @internal Waits until a relay has announced itself, but not for ever: it may come later. */
  async discover(): Promise<void> {
    const end = performance.now() + this.#settings.discoverMs;
    this.#callRoll();
    while (this.#nodes.size === 0 && performance.now() < end) {
      await pause(20, AbortSignal.timeout(1_000));
    }
  }

  /** The nodes that relays have announced, by their ids, those included that are down just now. */
  get nodes(): ReadonlyMap<string, FleetNode<C>> {
    return this.#nodes;
  }

  /** How many calls this worker has. */
  get calls(): number {
    return this.#calls.size;
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
    const core = clientOf(object);
    for (const node of this.#nodes.values()) {
      if (node.core === core) {
        return node;
      }
    }
    throw new AriError(`${String(object)} is not of this fleet`);
  }

  /** Whether a channel's call was another worker's, which is gone. */
  isAdopted(channel: ObjectHandle): boolean {
    return this.#calls.isAdopted(this.nodeOf(channel).id, idOf(channel));
  }

  /**
   * Ends without cutting calls off: takes no more, waits until the last call is over or the time is, and closes. Resolves
   * with the number of calls that took too long; relays offer those to other workers.
   */
  async drain({ timeoutMs }: FleetDrainOptions = {}): Promise<number> {
    const boundMs = checkDuration('timeoutMs', timeoutMs, 30_000);
    this.#isDraining = true;
    this.#calls.leave();
    const bound = new AbortController();
    const timer = setTimeout(() => bound.abort(), boundMs);
    await this.#calls.idle(bound.signal);
    clearTimeout(timer);
    const left = this.#calls.size;
    await this.close();
    return left;
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
    this.#stopWatching();
    this.#calls.close();
    this.#subscriptions.forEach((each) => each.unsubscribe());
    await Promise.all([this.#model, ...this.#nodes.values()].map((each) => each.close()));
    await this.#link.close();
  }

  #listen(heard: Heard): FleetSubscription {
    const subscription = new FleetSubscription(heard, (closed) => this.#unlisten(closed));
    subscription.addTo(this.#model);
    for (const { client } of this.#nodes.values()) {
      subscription.addTo(client as unknown as ListenedClient);
    }
    this.#heard.add(subscription);
    if (subscription.takesCalls && !this.#isDraining) {
      this.#calls.take();
    }
    return subscription;
  }

  #unlisten(subscription: FleetSubscription): void {
    this.#heard.delete(subscription);
    if (![...this.#heard].some(({ takesCalls }) => takesCalls)) {
      this.#calls.leave();
    }
  }

  /** Relays answer to this worker alone: the others know them already. */
  #callRoll(): void {
    this.#link.publish(this.#settings.subjects.roll, '', undefined, this.#mailbox);
  }

  #connected(isConnected: boolean): void {
    for (const { link } of this.#nodes.values()) {
      link.connected(isConnected);
    }
    if (isConnected) {
      this.#callRoll();
    }
  }

  #announced(data: Uint8Array): void {
    const announcement = readAnnouncement(data);
    if (announcement === undefined) {
      this.#settings.logger.warn('an announcement that is none was ignored');
    } else if (this.#nodes.has(announcement.node) || announcement.state !== 'gone') {
      this.#meet(announcement);
    }
  }

  #meet(announcement: Announcement): void {
    const { node: id } = announcement;
    let node = this.#nodes.get(id);
    if (node === undefined) {
      node = new LinkedNode(this.#settings, this.#link, this.id, id);
      this.#nodes.set(id, node);
      this.#attend(node);
    }
    node.announced(announcement);
  }

  /** Listens, for the application and on the fleet's own account. */
  #attend(node: LinkedNode<C>): void {
    const client = node.client as unknown as NodeClient;
    client.on(['StasisEnd', 'ChannelDestroyed'], ({ type, channel }) =>
      this.#calls.ended(node, channel.id, type === 'ChannelDestroyed'),
    );
    client.on('gap', () => this.#recount(node));
    for (const subscription of this.#heard) {
      subscription.addTo(node.client as unknown as ListenedClient);
    }
  }

  /** Calls that have ended, or have become another worker's, while nobody could tell are not had any more. */
  async #recount(node: LinkedNode<C>): Promise<void> {
    if (this.#calls.on(node.id).length === 0) {
      return;
    }
    try {
      const channels = await (node.client as unknown as NodeClient).channels.list();
      const there = new Map(channels.map((channel) => [channel.id, channel]));
      for (const id of this.#calls.on(node.id).filter((each) => !there.has(each))) {
        this.#calls.ended(node, id, true);
      }
      for (const id of await this.#lostTo(node)) {
        this.#settings.logger.warn(`the call ${id} on ${node.id} is another worker's now`);
        this.#calls.ended(node, id, true);
        node.left(there.get(id)?.toJSON() ?? { id });
      }
    } catch (error) {
      this.#settings.logger.warn(`could not find out which calls are left on ${node.id}: ${errorText(error)}`);
    }
  }

  /** Which of this worker's calls others have now. */
  async #lostTo(node: LinkedNode<C>): Promise<string[]> {
    const holdings: Holdings = { worker: this.id, channels: this.#calls.on(node.id) };
    const { subjects } = this.#settings;
    const answer = await this.#link.ask(subjects.ping(node.id), JSON.stringify(holdings), recountMs);
    if (typeof answer === 'string') {
      throw new Error(`the relay does not answer: ${answer}`);
    }
    return readPong(answer.data)?.others ?? [];
  }

  #upNode(id: string): LinkedNode<C> | undefined {
    const node = this.#nodes.get(id);
    return node?.isUp ? node : undefined;
  }

  /** A relay asks whether this worker is there, or says that it has taken it for gone. */
  #present(message: Msg): void {
    this.#link.respond(message, JSON.stringify({ worker: this.id, calls: this.#calls.size }));
    const node = this.#nodes.get(nodeIn(message));
    if (node !== undefined) {
      void this.#recount(node);
    }
  }

  #muster(message: Msg): void {
    const node = nodeIn(message);
    if (node !== '') {
      this.#link.respond(message, JSON.stringify({ worker: this.id, channels: this.#calls.on(node) }));
    }
  }
}

/** Id of the node that a relay's message is about. */
function nodeIn({ data }: Msg): string {
  const { node } = (parse(data) ?? {}) as { readonly node?: unknown };
  return typeof node === 'string' ? node : '';
}

/**
 * Joins the workers of a fleet: connects to NATS and meets the relays that are there.
 * @throws {AriValidationError} for a wrong option; {AriConnectionError} if NATS cannot be reached; {AriError} without the
 *   package `@nats-io/transport-node`
 * @example
 * const fleet = await connectFleet({ client: AriClient, servers: 'nats://localhost:4222', apps: 'ivr' });
 * fleet.on('StasisStart', async ({ channel }) => {
 *   await channel.answer();
 * });
 */
export async function connectFleet<C extends object>(options: FleetOptions<C>): Promise<Fleet<C>> {
  const settings = checkFleetOptions(options);
  const link = await openNats(options, `asterisk-ari ${settings.apps.join(',')}`);
  const fleet = new Fleet(settings, link);
  await fleet.discover();
  return fleet;
}
