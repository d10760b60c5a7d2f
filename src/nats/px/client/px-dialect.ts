import { errorText } from '../../../support/error-text.js';
import type { Dialect, FleetHost } from '../../fleet/dialect.js';
import { LinkedNode } from '../../fleet/fleet-node.js';
import { parse } from '../../messages.js';
import { isNodeId } from '../../names.js';
import type { NatsLink } from '../../nats-link.js';
import { readPxAnnouncement } from '../messages.js';
import { isSubject } from '../px-subjects.js';
import { plainData } from './plain-data.js';
import { PxLink } from './px-link.js';
import type { PxSettings } from './px-options.js';
import { PxTransport } from './px-transport.js';
import type { Listening } from '../../subscriptions.js';

/** Those who share calls are in this queue group, whatever they are written in. */
const distributor = 'ARIProxyStasisStartDistributorQueue';

/** How often nodes that are not up are called, in milliseconds. */
const callMs = 5_000;

/** As Go's client asks who is there. */
const ping = JSON.stringify({ kind: '', key: null });

interface PxStart {
  readonly type?: unknown;
  readonly channel?: { readonly id?: unknown };
}

/** Whether an Asterisk may be known by it: in subjects, and in a line of the log. */
function isNode(id: string): boolean {
  return isSubject(id) && isNodeId(id);
}

/** Speaks with ari-proxies: those of one application. */
export class PxDialect<C extends object> implements Dialect {
  readonly #settings: PxSettings<C>;
  readonly #link: NatsLink;
  readonly #host: FleetHost<C>;
  readonly #links = new Map<string, PxLink>();
  readonly #subscription: Listening;
  readonly #timer: NodeJS.Timeout;
  #starts: Listening | undefined;

  constructor(settings: PxSettings<C>, link: NatsLink, host: FleetHost<C>) {
    this.#settings = settings;
    this.#link = link;
    this.#host = host;
    this.#subscription = link.subscribe(settings.subjects.announcements, ({ data }) => this.#announced(data));
    this.#timer = setInterval(() => this.#callMissing(), callMs).unref();
  }

  callRoll(): void {
    this.#link.publish(this.#settings.subjects.ping, ping);
  }

  take(): void {
    const { subjects, app } = this.#settings;
    this.#starts ??= this.#link.subscribe(
      subjects.allEvents(app),
      ({ subject, data }) => this.#start(subject.slice(subjects.events(app, '').length), data),
      { queue: distributor },
    );
  }

  /** What the queue has handed out goes to nobody else. */
  async leave(): Promise<void> {
    const starts = this.#starts;
    this.#starts = undefined;
    await starts?.drain().catch(() => undefined);
  }

  /** Nobody adopts calls of another one. */
  lostTo(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  /** No message is sent to try a right: an ari-proxy may end with one that is no request. */
  async checkRights(): Promise<void> {
    const { subjects, app } = this.#settings;
    // Without the queue, from which nothing is to be taken.
    const trial = this.#link.subscribe(subjects.allEvents(app), () => undefined);
    try {
      await this.#link.checkRights('worker', []);
    } finally {
      trial.unsubscribe();
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#starts?.unsubscribe();
    this.#subscription.unsubscribe();
  }

  #callMissing(): void {
    if (this.#link.isConnected && [...this.#links.values()].some(({ isUp }) => !isUp)) {
      this.callRoll();
    }
  }

  #announced(data: Uint8Array): void {
    const announcement = readPxAnnouncement(parse(data));
    if (announcement === undefined || !isNode(announcement.node)) {
      this.#settings.logger.warn('an announcement that is none was ignored');
    } else if (announcement.application === this.#settings.app) {
      const { node } = announcement;
      (this.#links.get(node) ?? this.#add(node)).announced();
    }
  }

  #add(id: string): PxLink {
    const { subjects, app, observe } = this.#settings;
    const place = { app, node: id };
    const link = new PxLink({ link: this.#link, subjects, place, observes: observe });
    const onLoss = (why: string): void => link.lose(why);
    const transport = new PxTransport({ link: this.#link, subjects, place, onLoss });
    const node = new LinkedNode(this.#settings, id, link, transport);
    node.met([app], undefined);
    this.#links.set(id, link);
    this.#host.add(node);
    void this.#askRelease(node);
    return link;
  }

  /** What it cannot do is told in better words then. */
  async #askRelease(node: LinkedNode<C>): Promise<void> {
    const client = node.client as unknown as { probe(): Promise<void>; readonly asteriskVersion: string | undefined };
    try {
      await client.probe();
      node.met(node.apps, client.asteriskVersion);
    } catch (error) {
      this.#settings.logger.debug(`the release of ${node.id} is not known: ${errorText(error)}`);
    }
  }

  /** The queue hands out all events; of those that are no beginning of a call, each worker gets its own besides. */
  #start(nodeId: string, data: Uint8Array): void {
    const message = parse(data) as PxStart | null | undefined;
    const channelId = message?.channel?.id;
    if (message?.type !== 'StasisStart' || typeof channelId !== 'string' || channelId === '' || !isNode(nodeId)) {
      return;
    }
    // Whoever sends events is there, announced or not.
    const link = this.#links.get(nodeId) ?? this.#add(nodeId);
    const node = this.#host.node(nodeId) as LinkedNode<C>;
    link.announced();
    this.#host.calls.hold(node, channelId);
    link.begin(plainData(message));
  }
}
