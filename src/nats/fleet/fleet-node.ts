import { accept } from '../../client/accept.js';
import type { AcceptedClient } from '../../client/acceptance.js';
import { placeholder } from '../../client/client-class.js';
import { noteAsterisk } from '../../contract/asterisk-of.js';
import type { ClientCore } from '../../contract/client-core.js';
import { writeDate } from '../../domain/date.js';
import type { InterestWatcher } from '../../events/interest.js';
import type { AudienceWatcher } from '../../events/topic.js';
import type { Transport } from '../../rest/transport.js';
import { prefixed } from '../../support/logger.js';
import { within } from '../../support/within.js';
import { token } from '../subjects.js';
import type { BusSource } from './bus-source.js';
import type { CommonSettings } from './options.js';
import type { FleetNode } from './node.js';

/** Where the events of one node come from. */
export interface NodeEvents extends InterestWatcher, Partial<Pick<AudienceWatcher, 'changed'>> {
  readonly source: BusSource;
  /** Whether the node is there, and connected to Asterisk. */
  readonly isUp: boolean;
  /** The connection to NATS is lost, since then by the clock, or back. */
  connected(isConnected: boolean, since: number): void;
  /** An event that has come some other way. */
  deliver(frame: Buffer): void;
  close(): void;
}

/** How long a client may take to say that it is over, in milliseconds: it does so at once. */
const tellMs = 1_000;

/** The client of one node, on top of NATS. */
export class LinkedNode<C extends object> implements FleetNode<C> {
  readonly id: string;
  readonly client: C;
  readonly link: NodeEvents;
  /** The channels of calls that this worker has been told of, and not of their end. */
  readonly own = new Set<string>();
  readonly #accepted: AcceptedClient;
  #apps: readonly string[] = [];
  #release: string | undefined;

  constructor(settings: CommonSettings<C>, id: string, link: NodeEvents, transport: Transport) {
    this.id = id;
    this.link = link;
    const { clientOptions } = settings;
    const logger = prefixed(settings.logger, `${id}: `);
    const options = { ...clientOptions, ...placeholder(`http://node-${hostOf(id)}.nats/`), logger };
    const { client, accepted } = accept(settings.client, options, {
      source: link.source,
      hasHttp: false,
      callApp: undefined,
      owner: 'its fleet, and is open as long as that: fleet.drain(), fleet.close()',
      onApps: () => undefined,
      transport,
    });
    this.client = client;
    this.#accepted = accepted;
    noteAsterisk(accepted.core, id);
    accepted.owns(this.own);
    accepted.watchInterest(link);
    if (link.changed !== undefined) {
      accepted.watchAudience(link as AudienceWatcher);
    }
    // It is open when the node is up; until then it is in no hurry, and closing it is no failure.
    accepted.open(settings.apps).catch(() => undefined);
  }

  /** What objects of this node act through. */
  get core(): ClientCore {
    return this.#accepted.core;
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

  /** Whoever stands for the node has said what it serves. */
  met(apps: readonly string[], release: string | undefined): void {
    this.#apps = apps;
    this.#release = release ?? this.#release;
    this.#accepted.met(this.#release);
  }

  /**
   * A channel has left its application, and nothing else tells so: its `StasisEnd` is made up of what the channel is now.
   */
  left(channel: unknown): void {
    const { dialplan } = channel as { readonly dialplan?: { readonly app_name?: string; readonly app_data?: string } };
    const isThere = dialplan?.app_name === 'Stasis';
    const [application = ''] = isThere ? (dialplan.app_data ?? '').split(',') : this.#apps;
    const timestamp = writeDate(Date.now());
    const event = { type: 'StasisEnd', timestamp, channel, asterisk_id: this.id, application };
    this.link.deliver(Buffer.from(JSON.stringify(event)));
  }

  /** A call is another worker's now. This one has heard the last of it, though it goes on. */
  lost(channelId: string, channel: unknown): void {
    this.left(channel);
    this.#accepted.letGo('Channel', channelId, "is another worker's now");
  }

  /** Its Asterisk is another one now: of what was here nothing is left. */
  over(): void {
    this.#accepted.over();
  }

  /** It is over for good: its client says why, and is closed. */
  async end(error: Error): Promise<void> {
    this.link.source.fail(error);
    await within(tellMs, this.#accepted.ended);
    await this.close();
  }

  async close(): Promise<void> {
    await this.#accepted.close();
    this.link.close();
  }
}

/** An id as a part of a name in DNS. */
function hostOf(id: string): string {
  return token(id.replaceAll(':', '-'))
    .replace(/[^a-z0-9]/gi, '-')
    .slice(0, 50);
}
