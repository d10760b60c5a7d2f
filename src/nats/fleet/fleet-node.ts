import { acceptance, type AcceptedClient, type AcceptedOptions } from '../../client/acceptance.js';
import type { ClientCore } from '../../contract/client-core.js';
import { AriValidationError } from '../../errors/validation-error.js';
import { uniqueId } from '../../support/unique-id.js';
import type { Announcement } from '../messages.js';
import type { NatsLink } from '../nats-link.js';
import { NatsTransport } from './nats-transport.js';
import { NodeLink } from './node-link.js';
import type { FleetSettings } from './options.js';

/** One Asterisk of the fleet. */
export interface FleetNode<C> {
  /** `system.entity_id` of the Asterisk. */
  readonly id: string;
  /** Its client: repositories, domain objects, events of what this worker has. It can't be started. */
  readonly client: C;
  /** Applications that its relay serves. */
  readonly apps: readonly string[];
  /** Release of its Asterisk, once its relay has told. */
  readonly release: string | undefined;
  /** Whether its relay is there, and connected to Asterisk. */
  readonly isUp: boolean;
}

/** What of a client is used here, whatever its bindings. */
interface OwnedClient {
  close(): Promise<void>;
}

/** The client of one node, on top of NATS. */
export class LinkedNode<C extends object> implements FleetNode<C> {
  readonly id: string;
  readonly client: C;
  readonly link: NodeLink;
  #apps: readonly string[] = [];
  #release: string | undefined;
  #accepted: AcceptedClient | undefined;

  constructor(settings: FleetSettings<C>, link: NatsLink, worker: string, id: string) {
    this.id = id;
    this.link = new NodeLink(link, settings.subjects, id);
    this.client = new settings.client(this.#options(settings, link, worker));
    if (this.#accepted === undefined) {
      throw new AriValidationError("option 'client' must be a class of bindings that use this asterisk-ari", 'client');
    }
    if (settings.observe) {
      this.link.observe();
    }
    this.#accepted.watchInterest(this.link);
    this.#accepted.watchAudience(this.link);
    // It is open when the node is up; until then it is in no hurry, and closing it is no failure.
    this.#accepted.open(settings.apps).catch(() => undefined);
  }

  /** What objects of this node act through. */
  get core(): ClientCore | undefined {
    return this.#accepted?.core;
  }

  get apps(): readonly string[] {
    return this.#apps;
  }

  get release(): string | undefined {
    return this.#release;
  }

  get isUp(): boolean {
    return this.link.isUp;
  }

  announced(announcement: Announcement): void {
    this.#apps = announcement.apps;
    this.#release = announcement.release ?? this.#release;
    this.#accepted?.met(this.#release);
    this.link.announced(announcement);
  }

  /**
   * A channel is not this worker's any more. Nothing else tells that it has left: its `StasisEnd` is made up of what the
   * channel is now.
   */
  left(channel: unknown): void {
    const { dialplan } = channel as { readonly dialplan?: { readonly app_data?: string } };
    const [application] = (dialplan?.app_data ?? '').split(',');
    const timestamp = new Date().toISOString().replace('Z', '+0000');
    const event = { type: 'StasisEnd', timestamp, channel, asterisk_id: this.id, application };
    this.link.deliver(Buffer.from(JSON.stringify(event)));
  }

  async close(): Promise<void> {
    await (this.client as unknown as OwnedClient).close();
    this.link.close();
  }

  #options({ clientOptions, subjects, logger }: FleetSettings<C>, link: NatsLink, worker: string): AcceptedOptions {
    return {
      ...clientOptions,
      // They are never used; they only have to look like an address and credentials.
      url: `http://${encodeURIComponent(this.id).replace(/[^\w-]/g, '-')}.nats/`,
      username: 'none',
      password: uniqueId(),
      logger,
      [acceptance]: {
        source: this.link,
        hasHttp: false,
        callApp: undefined,
        onApps: () => undefined,
        transport: new NatsTransport({
          link,
          subject: subjects.request(this.id),
          worker,
          onSilence: () => this.link.silent(),
        }),
        attach: (accepted) => {
          this.#accepted = accepted;
        },
      },
    };
  }
}
