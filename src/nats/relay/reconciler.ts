import { writeDate } from '../../domain/date.js';
import { errorText } from '../../support/error-text.js';
import { readHoldings } from '../messages.js';
import type { NatsLink } from '../nats-link.js';
import type { Calls, NewCall } from './calls.js';
import type { RelaySettings } from './options.js';
import type { RelayClient } from './relay-client.js';

/** How long workers may take to say which calls they have, in milliseconds. */
const musterMs = 750;

export interface RelayParts {
  readonly link: NatsLink;
  readonly settings: RelaySettings;
  readonly calls: Calls;
  readonly client: RelayClient;
}

/** As much of a channel as tells which application it is in. */
interface Resident {
  readonly id: string;
  readonly dialplan?: { readonly app_name?: unknown; readonly app_data?: unknown };
}

/** With the application that it is in. */
interface Placed extends Resident {
  readonly app: string;
  readonly args: readonly string[];
}

/**
 * Finds out which calls are in the applications, and who has them: after a relay has begun, after events may have been
 * missed, and when a worker is gone. A call that nobody has is offered, as one to adopt.
 */
export class Reconciler {
  readonly #parts: RelayParts;
  readonly #offer: (call: NewCall) => void;
  /** Told of channels that end, while it is found out which there are. */
  readonly #looks = new Set<(channelId: string) => void>();

  constructor(parts: RelayParts, offer: (call: NewCall) => void) {
    this.#parts = parts;
    this.#offer = offer;
  }

  async run(node: string): Promise<void> {
    const { calls } = this.#parts;
    await this.#withResidents(async (residents) => {
      for (const [worker] of calls.workers()) {
        calls
          .of(worker)
          .filter((id) => !residents.has(id))
          .forEach((id) => calls.ended(id));
      }
      await this.#muster(node, residents);
      for (const resident of residents.values()) {
        if (!calls.has(resident.id)) {
          this.#adopt(node, resident);
        }
      }
    });
  }

  /** A channel has left its application, or is gone: what was found out before may say otherwise. */
  ended(channelId: string): void {
    this.#looks.forEach((forget) => forget(channelId));
  }

  /**
   * A worker is gone that had these calls. If it has only stood still, it finds when it goes on that it is to ask. Where
   * Asterisk does not tell which are still there, they remain that worker's, which is found to be gone again by and by.
   */
  async orphaned(node: string, worker: string, channelIds: readonly string[]): Promise<void> {
    const { calls, link, settings } = this.#parts;
    try {
      await this.#withResidents((residents) => {
        const left = channelIds.filter((id) => calls.get(id)?.worker === worker);
        left.forEach((id) => calls.lose(id));
        link.publish(settings.subjects.worker(worker), JSON.stringify({ node }));
        for (const id of left) {
          const resident = residents.get(id);
          if (resident === undefined) {
            calls.ended(id);
          } else {
            this.#adopt(node, resident);
          }
        }
      });
    } catch (error) {
      settings.logger.warn(
        `could not find out what the worker ${worker} has left, and will try again: ${errorText(error)}`,
      );
    }
  }

  /** Does something with the channels that are in the applications; those that end meanwhile are taken out. */
  async #withResidents(use: (residents: ReadonlyMap<string, Placed>) => Promise<void> | void): Promise<void> {
    const gone = new Set<string>();
    let residents = new Map<string, Placed>();
    const forget = (channelId: string): void => {
      gone.add(channelId);
      residents.delete(channelId);
    };
    this.#looks.add(forget);
    try {
      residents = await this.#residents();
      gone.forEach((channelId) => residents.delete(channelId));
      await use(residents);
    } finally {
      this.#looks.delete(forget);
    }
  }

  /** Channels that are in one of the applications just now, with the application. */
  async #residents(): Promise<Map<string, Placed>> {
    const { client, settings } = this.#parts;
    const channels = (await client.ask('/channels')) as Resident[];
    const residents = new Map<string, Placed>();
    for (const channel of Array.isArray(channels) ? channels : []) {
      const { app_name: name, app_data: data } = channel.dialplan ?? {};
      const [app = '', ...args] = name === 'Stasis' ? String(data).split(',') : [];
      if (settings.apps.includes(app)) {
        residents.set(channel.id, { ...channel, app, args });
      }
    }
    return residents;
  }

  async #muster(node: string, residents: ReadonlyMap<string, Placed>): Promise<void> {
    const { link, calls, settings } = this.#parts;
    for (const { data } of await link.askAll(settings.subjects.muster, JSON.stringify({ node }), musterMs)) {
      const { worker = '', channels = [] } = readHoldings(data) ?? {};
      for (const id of channels) {
        const app = residents.get(id)?.app;
        if (app !== undefined) {
          calls.claimed(id, { worker, app });
        }
      }
    }
  }

  /** Nothing tells the `StasisStart` of such a call any more: it is made up of what the channel is now. */
  #adopt(node: string, { app, args, ...channel }: Placed): void {
    const event = {
      type: 'StasisStart',
      timestamp: writeDate(Date.now()),
      args,
      channel,
      asterisk_id: node,
      application: app,
    };
    this.#offer({ app, channelId: channel.id, frame: Buffer.from(JSON.stringify(event)), isAdopted: true });
  }
}
