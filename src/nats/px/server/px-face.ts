import type { AriRequest } from '../../../rest/request.js';
import type { AriResponse } from '../../../rest/transport.js';
import type { Logger } from '../../../support/logger.js';
import type { NatsLink } from '../../nats-link.js';
import { token } from '../../subjects.js';
import type { PxClass } from '../kind.js';
import { isSubject, PxSubjects } from '../px-subjects.js';
import { Dialogs } from './dialogs.js';
import { PxRequests } from './px-requests.js';
import type { Listening } from '../../subscriptions.js';

/** How often a proxy announces itself, in milliseconds. */
const announceMs = 60_000;

/** Proxies of all nodes share creations where no node is named. */
const creators = 'ariproxy';

export interface PxFaceParts {
  readonly link: NatsLink;
  readonly apps: readonly string[];
  readonly send: (request: AriRequest) => Promise<AriResponse>;
  readonly logger: Logger;
}

/** What a relay is for clients of ari-proxy: one proxy for each of its applications. */
export class PxFace {
  readonly #parts: PxFaceParts;
  readonly #subjects = new PxSubjects();
  readonly #dialogs = new Dialogs();
  readonly #requests: PxRequests;
  #subscriptions: Listening[] = [];
  #timer: NodeJS.Timeout | undefined;
  #node = '';
  #isUp = false;
  /** The event connection is interrupted. Before it is open for the first time, requests are passed on already. */
  #isDown = false;

  constructor(parts: PxFaceParts) {
    const { link, send, logger } = parts;
    this.#parts = parts;
    const node = (): string | undefined => (this.#isDown ? undefined : this.#node);
    this.#requests = new PxRequests({ link, send, logger, dialogs: this.#dialogs, node });
  }

  /** Stands for this node from now on, and for no other. */
  standFor(node: string): void {
    const { link, logger } = this.#parts;
    this.#end();
    if (!isSubject(node)) {
      logger.error(`clients of ari-proxy cannot reach '${node}': its id cannot stand in a subject`);
      return;
    }
    this.#node = node;
    this.#subscriptions = [link.subscribe(this.#subjects.ping, () => this.#announce()), ...this.#subscribe(node)];
    this.#timer = setInterval(() => this.#announce(), announceMs).unref();
    this.#announce();
  }

  /** Whether the event connection is open. */
  setUp(isUp: boolean): void {
    const isNew = isUp && !this.#isUp;
    this.#isUp = isUp;
    this.#isDown = !isUp;
    if (isNew) {
      this.#announce();
    }
  }

  /** An event has come. */
  event(frame: Uint8Array, event: object): void {
    if (this.#node === '') {
      return;
    }
    this.#publish(this.#subjects.events(String((event as { application?: unknown }).application), this.#node), frame);
    for (const dialog of this.#dialogs.of(event)) {
      this.#publish(this.#subjects.dialogEvents(dialog), withDialog(frame, dialog));
    }
    this.#dialogs.past(event);
  }

  /** Is asked for nothing any more. Resolves when all has come that it was asked for before. */
  async leave(): Promise<void> {
    clearInterval(this.#timer);
    await this.#parts.link.finish(this.#subscriptions);
  }

  /** Resolves when all requests are answered, but not later than after this time. */
  done(withinMs: number): Promise<void> {
    return this.#requests.done(withinMs);
  }

  #subscribe(node: string): Listening[] {
    const { apps } = this.#parts;
    const [first = ''] = apps;
    const places = [[], ...apps.flatMap((app) => [[app], [app, node]])] as ([] | [string] | [string, string])[];
    return (['get', 'data', 'command', 'create'] as const).flatMap((requestClass) =>
      places.map((place) => this.#serve(requestClass, place, place[0] ?? first)),
    );
  }

  /** Of two relays for one Asterisk, one handles a request. */
  #serve(requestClass: PxClass, place: [] | [string] | [string, string], app: string): Listening {
    const queue = requestClass === 'create' ? creators : token(this.#node);
    return this.#parts.link.subscribe(
      this.#subjects.requests(requestClass, ...place),
      (message) => void this.#requests.handle(message, app),
      { queue },
    );
  }

  #end(): void {
    clearInterval(this.#timer);
    this.#subscriptions.forEach((each) => each.unsubscribe());
    this.#subscriptions = [];
    this.#node = '';
  }

  #announce(): void {
    if (this.#isUp && this.#node !== '') {
      for (const application of this.#parts.apps) {
        this.#publish(this.#subjects.announcements, JSON.stringify({ node: this.#node, application }));
      }
    }
  }

  #publish(subject: string, payload: string | Uint8Array): void {
    const { link, logger } = this.#parts;
    if (!link.isConnected || !link.publish(subject, payload)) {
      logger.error(`a message of ${payload.length} bytes was lost on its way to ${subject}`);
    }
  }
}

/** The event's text as it is, with one field more. */
function withDialog(frame: Uint8Array, dialog: string): string {
  const text = Buffer.from(frame).toString();
  const start = text.indexOf('{') + 1;
  return `${text.slice(0, start)}"dialog":${JSON.stringify(dialog)},${text.slice(start)}`;
}
