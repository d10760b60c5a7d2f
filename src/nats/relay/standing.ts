import type { Msg } from '@nats-io/transport-node';
import { isThere, readHoldings, type Announcement, type Pong, type RelayState } from '../messages.js';
import type { PxFace } from '../px/server/px-face.js';
import { checkNodeId } from './node-id.js';
import type { Neighbours } from './neighbours.js';
import type { Publisher } from './publisher.js';
import type { RelayParts } from './reconciler.js';
import type { Requests } from './requests.js';
import type { Listening } from '../subscriptions.js';

export interface StandingParts extends RelayParts {
  readonly publisher: Publisher;
  readonly neighbours: Neighbours;
  readonly requests: Requests;
  readonly px: PxFace | undefined;
}

/** What a relay is on NATS: which Asterisk it stands for, and how it is; it says so, and answers to the node's subjects. */
export class Standing {
  readonly #parts: StandingParts;
  /** Where it, and no other relay, is asked whether it is there. */
  readonly #inbox: string;
  readonly #presence: Listening;
  /** What it hears of others, and where it says how it is. */
  #hearing: Listening[] = [];
  /** Where it is asked for something. */
  #serving: Listening[] = [];
  #node = '';
  #state: RelayState = 'down';

  constructor(parts: StandingParts) {
    this.#parts = parts;
    this.#inbox = parts.link.newInbox();
    this.#presence = parts.link.subscribe(this.#inbox, (message) => parts.link.respond(message, ''));
  }

  /** `system.entity_id` of the Asterisk; empty before it is known. */
  get node(): string {
    return this.#node;
  }

  get state(): RelayState {
    return this.#state;
  }

  /**
   * Finds out which Asterisk this is, and stands for it; after an interruption it may be another one.
   * @throws {AriError} if it can't be known by its id, another relay stands for it with applications that this one has not, or
   *   NATS refuses what is needed for it
   */
  async meet(): Promise<void> {
    const { client, neighbours, settings } = this.#parts;
    await client.probe();
    const info = (await client.ask('/asterisk/info', 'only=system')) as { system?: { entity_id?: unknown } };
    const node = checkNodeId(info.system?.entity_id);
    if (node === this.#node) {
      return;
    }
    await neighbours.check(node);
    if (this.#node !== '') {
      settings.logger.warn(`Asterisk calls itself ${node} now, no longer ${this.#node}`);
      this.#announce('gone');
    }
    this.#node = node;
    this.#subscribe();
    // Who has asked before may have asked another relay; who asks from now on, this one.
    this.#announce(this.#state);
    await this.#checkRights();
  }

  /** What is sent only when there are calls is tried now. */
  async #checkRights(): Promise<void> {
    const { link, settings } = this.#parts;
    const { apps, subjects } = settings;
    const toWorkers = [subjects.muster, subjects.worker('')];
    const ofApps = apps.flatMap((app) => [subjects.offers(app), subjects.others(this.#node, app)]);
    await link.checkRights('relay', [...toWorkers, ...ofApps]);
  }

  /** Is so from now on, and says so. */
  become(state: RelayState): void {
    if (this.#state !== 'gone') {
      this.#state = state;
    }
    this.#parts.px?.setUp(isThere(state));
    this.announce();
  }

  announce(): void {
    this.#announce(this.#state);
  }

  /** Is asked for nothing any more. Resolves when all has come that it was asked for before. */
  async leave(): Promise<void> {
    this.#hearing.forEach((each) => each.unsubscribe());
    await this.#parts.link.finish(this.#serving);
  }

  /** Is not there any more. */
  close(): void {
    this.#presence.unsubscribe();
  }

  #subscribe(): void {
    const { link, neighbours, requests, settings, px } = this.#parts;
    const { subjects } = settings;
    const node = this.#node;
    [...this.#hearing, ...this.#serving].forEach((each) => each.unsubscribe());
    // Of two relays for one Asterisk, one handles a request.
    const queue = 'relay';
    this.#hearing = [
      link.subscribe(subjects.announcements, ({ data }) => this.#heard(neighbours.heard(node, data))),
      link.subscribe(subjects.roll, ({ reply }) => this.#announce(this.#state, reply || undefined)),
    ];
    this.#serving = [
      link.subscribe(subjects.ping(node), (message) => this.#pong(message), { queue }),
      link.subscribe(subjects.request(node), (message) => void requests.handle(message), { queue }),
    ];
    px?.standFor(node);
  }

  /** Another relay has said its last words, which may have come to workers after ours. */
  #heard(other: Announcement | undefined): void {
    if (other?.state === 'gone' && isThere(this.#state)) {
      this.announce();
    }
  }

  /** @param to who has asked; everybody if left out */
  #announce(state: RelayState, to = this.#parts.settings.subjects.announcements): void {
    const { client, link, publisher, settings } = this.#parts;
    if (this.#node === '') {
      return;
    }
    const release = client.asteriskVersion;
    const announcement: Announcement = {
      node: this.#node,
      ...(settings.place !== undefined && { place: settings.place }),
      instance: publisher.instance,
      apps: [...settings.apps],
      state,
      inbox: this.#inbox,
      ...(release !== undefined && { release }),
    };
    link.publish(to, JSON.stringify(announcement));
  }

  /** A worker that was away asks with what it had, and is told what others have now. */
  #pong(message: Msg): void {
    const { calls, link, publisher, settings } = this.#parts;
    const { worker, channels } = readHoldings(message.data) ?? { worker: '', channels: [] };
    const others = calls.returned(worker, channels);
    const { instance } = publisher;
    const pong: Pong = { node: this.#node, instance, apps: [...settings.apps], state: this.#state, others };
    link.respond(message, JSON.stringify(pong));
  }
}
