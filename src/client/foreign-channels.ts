import { idOf, kindOf, type ObjectHandle } from '../contract/object-handle.js';
import type { Operation } from '../contract/operation.js';
import type { Dispatcher } from '../events/dispatcher.js';
import type { Demand } from '../events/listener.js';
import { createdBy } from '../rest/creation.js';
import { dropOldest } from '../support/drop-oldest.js';
import type { Demands } from './demands.js';
import type { Departures } from './departures.js';
import type { Attachment } from './resync.js';

/** Most channels that are remembered to be such. */
const maxChannels = 1_000;

/**
 * Channels that this client has made for none of its applications: the dialplan gets them, or somebody else's
 * application. Asterisk tells of them only those who subscribe; so while somebody listens to one, an application of ours
 * is subscribed to it.
 */
export class ForeignChannels {
  readonly #dispatcher: Dispatcher;
  readonly #demands: Demands;
  readonly #departures: Departures;
  /** By id; what is demanded while it is listened to. */
  readonly #channels = new Map<string, Demand | undefined>();
  #attachment: Attachment = { apps: new Set(), subscribeAll: false };

  constructor(dispatcher: Dispatcher, demands: Demands, departures: Departures) {
    this.#dispatcher = dispatcher;
    this.#demands = demands;
    this.#departures = departures;
    dispatcher.watchObjects('Channel', {
      heard: (id) => this.#heard(id),
      unheard: (id) => queueMicrotask(() => this.#unheard(id)),
      ended: (id) => this.#ended(id),
    });
  }

  /** What the event connection is for. */
  opened(attachment: Attachment): void {
    this.#attachment = attachment;
  }

  /** A request has made an object. */
  made(operation: Operation, params: object | undefined, object: ObjectHandle): void {
    const { app, otherChannelId } = (params ?? {}) as { readonly app?: unknown; readonly otherChannelId?: unknown };
    const isOurs = this.#attachment.subscribeAll || this.#attachment.apps.has(app as string);
    if (kindOf(object) === 'Channel' && createdBy(operation) !== undefined && !isOurs) {
      this.#add(idOf(object));
      if (typeof otherChannelId === 'string') {
        this.#add(otherChannelId);
      }
    }
  }

  #add(id: string): void {
    this.#channels.get(id)?.release(true);
    this.#channels.delete(id);
    this.#channels.set(id, undefined);
    dropOldest(this.#channels, maxChannels);
    if (this.#dispatcher.objects('Channel').get(id) !== undefined) {
      this.#heard(id);
    }
  }

  #heard(id: string): void {
    if (this.#channels.has(id) && this.#channels.get(id) === undefined) {
      if (this.#attachment.apps.size === 0) {
        this.#departures.suspect('Channel', id);
      } else {
        this.#channels.set(
          id,
          this.#demands.want(`channel:${id}`, undefined, ({ status }) => this.#refused(id, status)),
        );
      }
    }
  }

  /** Told after the event that was the last one for its listener, so that one knows whether it was that of the channel. */
  #unheard(id: string): void {
    const demand = this.#channels.get(id);
    if (demand !== undefined && this.#dispatcher.objects('Channel').get(id) === undefined) {
      demand.release(false);
      this.#channels.set(id, undefined);
    }
  }

  #ended(id: string): void {
    this.#channels.get(id)?.release(true);
    this.#channels.delete(id);
  }

  #refused(id: string, status: number): void {
    if (status === 422) {
      this.#dispatcher.singles.drop('Channel', id, 'had ended before Asterisk could be asked to tell of it');
    } else {
      this.#departures.suspect('Channel', id);
    }
  }
}
