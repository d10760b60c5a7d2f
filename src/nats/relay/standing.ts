import type { Msg } from '@nats-io/transport-node';
import { isThere, readHoldings, readMeeting, type Announcement, type Pong, type RelayState } from '../messages.js';
import type { PxFace } from '../px/server/px-face.js';
import { identify, type Identity } from './identity.js';
import type { Neighbours } from './neighbours.js';
import type { Publisher } from './publisher.js';
import type { RelayParts } from './reconciler.js';
import type { Requests } from './requests.js';
import type { Listening } from '../subscriptions.js';

/** How long the answer to a question of its own may take, in milliseconds. */
const answerMs = 500;

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
  #identity: Identity = { node: '', started: undefined };
  #state: RelayState = 'down';

  constructor(parts: StandingParts) {
    this.#parts = parts;
    this.#inbox = parts.link.newInbox();
    this.#presence = parts.link.subscribe(this.#inbox, (message) => parts.link.respond(message, ''));
  }

  /** `system.entity_id` of the Asterisk; empty before it is known. */
  get node(): string {
    return this.#identity.node;
  }

  get state(): RelayState {
    return this.#state;
  }

  /**
   * Finds out which Asterisk this is, and stands for it; after an interruption it may be another one.
   * @throws {AriError} if it can't be known by its id, another relay stands for it with applications that this one has not, or
   *   for another Asterisk with the same id, or NATS refuses what is needed for it
   */
  async meet(): Promise<void> {
    const { client, neighbours, settings } = this.#parts;
    await client.probe();
    const identity = await identify(client);
    const before = this.node;
    if (identity.node === before) {
      this.#identity = identity;
      return;
    }
    await neighbours.check(identity);
    if (before !== '') {
      settings.logger.warn(`Asterisk calls itself ${identity.node} now, no longer ${before}`);
      this.#announce('gone');
    }
    this.#identity = identity;
    this.#subscribe();
    // Who has asked before may have asked another relay; who asks from now on, this one.
    this.#announce(this.#state);
    await this.#checkRights();
  }

  /** What is sent only when there are calls is tried now, and so is an answer, which may be all that it may send to an inbox. */
  async #checkRights(): Promise<void> {
    const { link, settings } = this.#parts;
    const { apps, subjects } = settings;
    await link.ask(subjects.ping(this.node), '', answerMs);
    const toWorkers = [subjects.muster, subjects.worker('')];
    const ofApps = apps.flatMap((app) => [subjects.offers(app), subjects.others(this.node, app)]);
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
    const { node } = this;
    [...this.#hearing, ...this.#serving].forEach((each) => each.unsubscribe());
    // Of two relays for one Asterisk, one handles a request.
    const queue = 'relay';
    this.#hearing = [
      link.subscribe(subjects.announcements, ({ data }) => this.#heard(neighbours.heard(this.#identity, data))),
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
    const { client, link, neighbours } = this.#parts;
    const { node, started } = this.#identity;
    if (node === '') {
      return;
    }
    const release = client.asteriskVersion;
    const announcement: Announcement = {
      ...this.#self(started),
      state,
      inbox: this.#inbox,
      ...(release !== undefined && { release }),
      ...(neighbours.hasConfirmed(this.#identity) && { confirmed: true }),
    };
    link.publish(to, JSON.stringify(announcement));
  }

  /** A relay that is about to stand for the node, too, says for which Asterisk. */
  #pong(message: Msg): void {
    const meeting = readMeeting(message.data);
    if (meeting === undefined) {
      this.#answer(message, this.#identity.started);
    } else {
      void this.#parts.neighbours.met(this.#identity, meeting).then((started) => this.#answer(message, started));
    }
  }

  /** A worker that was away asks with what it had, and is told what others have now. */
  #answer(message: Msg, started: string | undefined): void {
    const { calls, link } = this.#parts;
    const { worker, channels } = readHoldings(message.data) ?? { worker: '', channels: [] };
    const others = calls.returned(worker, channels);
    const pong: Pong = { ...this.#self(started), state: this.#state, others };
    link.respond(message, JSON.stringify(pong));
  }

  #self(started: string | undefined): Pick<Announcement, 'node' | 'place' | 'instance' | 'apps' | 'started'> {
    const { publisher, settings } = this.#parts;
    return {
      node: this.node,
      ...(settings.place !== undefined && { place: settings.place }),
      instance: publisher.instance,
      apps: [...settings.apps],
      ...(started !== undefined && { started }),
    };
  }
}
