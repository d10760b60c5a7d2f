import type { Msg } from '@nats-io/transport-node';
import { Latest } from '../../support/latest.js';
import { within } from '../../support/within.js';
import { isThere, parse, readAnnouncement, readPong, type Announcement } from '../messages.js';
import type { NatsLink } from '../nats-link.js';
import type { Dialect, FleetHost } from './dialect.js';
import { LinkedNode } from './fleet-node.js';
import { holdingsOf } from './holdings.js';
import { NatsTransport } from './nats-transport.js';
import { NodeLink } from './node-link.js';
import { NodeTwins } from './node-twins.js';
import type { FleetSettings } from './options.js';
import { unfitIn } from './unfit.js';
import { WorkerCalls } from './worker-calls.js';
import type { Listening } from '../subscriptions.js';

/** Most nodes that are kept though they are gone and nothing of them is wanted: they may come back. */
const maxLeft = 100;

/** How long a relay may take to say which calls others have, in milliseconds. */
const lostMs = 5_000;

/** How long events of calls are held back at most, while it is found out whose they are, in milliseconds. */
const holdMs = 15_000;

/** Speaks with relays of ours. */
export class RelayDialect<C extends object> implements Dialect {
  readonly #settings: FleetSettings<C>;
  readonly #link: NatsLink;
  readonly #host: FleetHost<C>;
  readonly #links = new Map<string, NodeLink>();
  readonly #calls: WorkerCalls<C>;
  readonly #subscriptions: Listening[];
  readonly #mailbox: string;
  /** Relays that took another one's place. */
  readonly #told = new Latest();
  readonly #twins: NodeTwins;

  constructor(settings: FleetSettings<C>, link: NatsLink, host: FleetHost<C>) {
    this.#settings = settings;
    this.#link = link;
    this.#host = host;
    const { worker, calls: held } = host;
    this.#calls = new WorkerCalls({
      settings,
      link,
      worker,
      held,
      nodeOf: (id) => this.#upNode(id),
      linkOf: (id) => this.#links.get(id),
    });
    const { subjects, logger } = settings;
    this.#twins = new NodeTwins(logger);
    this.#mailbox = link.newInbox();
    this.#subscriptions = [
      link.subscribe(subjects.announcements, ({ data }) => this.#announced(data)),
      // It is empty where no relay is there.
      link.subscribe(this.#mailbox, ({ data }) => data.length > 0 && this.#announced(data)),
      link.subscribe(subjects.worker(worker), (message) => this.#present(message)),
      link.subscribe(subjects.muster, (message) => this.#muster(message)),
    ];
  }

  /** Relays answer to this worker alone: the others know them already. */
  callRoll(): void {
    this.#link.publish(this.#settings.subjects.roll, '', undefined, this.#mailbox);
  }

  take(): void {
    this.#calls.take();
  }

  /** An offer that is under way is not taken, and goes to somebody else. */
  async leave(): Promise<void> {
    this.#calls.leave();
  }

  async lostTo(nodeId: string): Promise<readonly string[]> {
    const { worker, calls } = this.#host;
    const lost: string[] = [];
    for (const holdings of holdingsOf(worker, calls.on(nodeId), this.#link.maxPayload)) {
      const answer = await this.#link.ask(this.#settings.subjects.ping(nodeId), holdings, lostMs);
      if (typeof answer === 'string') {
        throw new Error(`the relay does not answer: ${answer}`);
      }
      lost.push(...(readPong(answer.data)?.others ?? []));
    }
    lost.forEach((id) => this.#links.get(nodeId)?.forget(id));
    return lost;
  }

  /** What is done only when there are calls is tried now. */
  async checkRights(): Promise<void> {
    const { subjects, observe } = this.#settings;
    const links = [...this.#links];
    const trials = [
      ...(observe ? [] : this.#calls.decline()),
      ...links.map(([id]) => this.#link.subscribe(subjects.eventsForAny(id, 'channel', ''), () => undefined)),
    ];
    try {
      await this.#link.checkRights(
        'worker',
        links.flatMap(([, link]) => link.asked),
      );
    } finally {
      trials.forEach((each) => each.unsubscribe());
    }
  }

  close(): void {
    this.#calls.leave();
    this.#subscriptions.forEach((each) => each.unsubscribe());
  }

  #announced(data: Uint8Array): void {
    const announcement = readAnnouncement(data);
    const unfit = announcement && unfitIn(announcement);
    if (announcement === undefined || unfit !== undefined) {
      this.#settings.logger.warn(`an announcement that is none was ignored${unfit === undefined ? '' : `: ${unfit}`}`);
    } else if (this.#links.has(announcement.node) || this.#isNew(announcement)) {
      this.#twins.heard(announcement);
      this.#meet(announcement);
    }
  }

  /** What is said of a node that is not known may be the last words of a relay whose place another one has taken already. */
  #isNew({ state, place }: Announcement): boolean {
    const isTaken = (): boolean => [...this.#links.values()].some((link) => link.isUp && link.isAt(place));
    return isThere(state) || (state === 'down' && !isTaken());
  }

  #meet(announcement: Announcement): void {
    const { node: id, instance, place, apps, release } = announcement;
    const before = this.#links.get(id)?.instance ?? '';
    if (instance !== before || place !== undefined) {
      this.#leaveOthers(announcement);
    }
    const link = this.#links.get(id) ?? this.#add(id);
    link.heard(announcement);
    const node = this.#host.node(id);
    if (before !== '' && instance !== before) {
      if (!isThere(announcement.state)) {
        // The last words of a relay whose place another one has taken already.
        return;
      }
      if (node?.isUp && node.apps.some((app) => !apps.includes(app))) {
        this.#warn(announcement, node.apps);
      }
    }
    node?.met(apps, release);
    link.announced(announcement);
    if (before === '' || announcement.state === 'gone') {
      this.#forgetOldest();
    }
  }

  /** A relay stands for one Asterisk: if that calls itself otherwise now, what it was before is over. */
  #leaveOthers(announcement: Announcement): void {
    const { node: present, state } = announcement;
    for (const [id, link] of this.#links) {
      const node = this.#host.node(id);
      if (id !== present && node !== undefined && state !== 'gone' && link.isLeftBy(announcement)) {
        this.#settings.logger.warn(`${id} is ${present} now: its calls are over`);
        const why = `its Asterisk is ${present} now`;
        this.#links.delete(id);
        link.over(why);
        this.#host.over(node, `${id}: ${why}`);
      }
    }
  }

  /** Once: relays announce themselves again and again. */
  #warn({ node, instance, apps }: Announcement, before: readonly string[]): void {
    if (!this.#told.has(instance)) {
      this.#told.add(instance);
      const [now, then] = [apps, before].map((names) => names.join(', '));
      const words = `a relay with ${now} stands for ${node} now, where one with ${then} did`;
      this.#settings.logger.warn(`${words}: if both are there, one must have all applications of an Asterisk`);
    }
  }

  #add(id: string): NodeLink {
    const { subjects, observe } = this.#settings;
    const link = new NodeLink(this.#link, subjects, id, () => this.callRoll());
    if (observe) {
      link.observe();
    }
    const transport = new NatsTransport({
      link: this.#link,
      subject: subjects.request(id),
      // Channels that a watcher makes are for the workers, as any that come.
      worker: observe ? undefined : this.#host.worker,
      whyGone: () => link.whyGone,
      onSend: () => link.expect(),
      onSilence: () => link.silent(),
    });
    this.#links.set(id, link);
    this.#host.add(new LinkedNode(this.#settings, id, link, transport));
    return link;
  }

  /** Nodes that come and go under ever new names must not pile up. */
  #forgetOldest(): void {
    if (this.#links.size > maxLeft) {
      const left = [...this.#links].filter(([, link]) => link.isLeft);
      const oldest = left.toSorted(([, one], [, other]) => one.awaySince - other.awaySince).slice(0, -maxLeft);
      for (const [id, link] of oldest) {
        const node = this.#host.node(id);
        const why = `no relay stands for ${id} any more`;
        this.#links.delete(id);
        link.over(why);
        if (node !== undefined) this.#host.forget(node, why);
      }
    }
  }

  #upNode(id: string): LinkedNode<C> | undefined {
    const node = this.#host.node(id);
    return node?.isUp ? node : undefined;
  }

  /** A relay asks whether this worker is there, or says that it has taken it for gone. */
  #present(message: Msg): void {
    const { worker, calls } = this.#host;
    this.#link.respond(message, JSON.stringify({ worker, calls: calls.size }));
    const node = this.#host.node(nodeIn(message));
    if (node !== undefined) {
      void this.#recount(node);
    }
  }

  /** This worker was taken for gone: what comes of its calls from now on may be for others, who have them now. */
  async #recount(node: LinkedNode<C>): Promise<void> {
    const events = this.#links.get(node.id);
    const own = this.#host.calls.on(node.id);
    own.forEach((id) => events?.holdBack(id));
    await within(holdMs, this.#host.recount(node));
    own.forEach((id) => events?.goOn(id));
  }

  #muster(message: Msg): void {
    const { worker, calls } = this.#host;
    const node = nodeIn(message);
    if (node === '') {
      this.#settings.logger.warn('a muster that names no node was ignored');
    } else {
      for (const holdings of holdingsOf(worker, calls.on(node), this.#link.maxPayload)) {
        this.#link.respond(message, holdings);
      }
    }
  }
}

/** Id of the node that a relay's message is about. */
function nodeIn({ data }: Msg): string {
  const { node } = (parse(data) ?? {}) as { readonly node?: unknown };
  return typeof node === 'string' ? node : '';
}
