import type { Dispatcher } from '../events/dispatcher.js';
import type { AudienceWatcher, Topic } from '../events/topic.js';
import { errorText } from '../support/error-text.js';
import type { Logger } from '../support/logger.js';
import { pause } from '../support/pause.js';
import type { ApplicationFacts } from './application-facts.js';
import type { Inquiry } from './inquiry.js';
import type { Attachment } from './resync.js';

/** Events that come to no application by itself, and how one has them come. */
const silent: readonly {
  readonly types: readonly string[];
  readonly source: string;
  readonly of: keyof ApplicationFacts;
}[] = [
  {
    types: ['EndpointStateChange', 'PeerStatusChange', 'ContactStatusChange', 'TextMessageReceived'],
    source: 'endpoint:PJSIP/alice',
    of: 'endpoint_ids',
  },
  { types: ['DeviceStateChanged'], source: 'deviceState:Stasis:lamp', of: 'device_names' },
];

/** So long after its start, or after somebody began to listen, an application has had time to subscribe, in milliseconds. */
const settledMs = 2_000;

/**
 * Says in the log, once for each kind, that what is listened to cannot come, as nothing is subscribed that sends it: else
 * there would be silence, and no hint why.
 */
export class Unsubscribed implements AudienceWatcher {
  readonly #dispatcher: Dispatcher;
  readonly #inquiry: Inquiry;
  readonly #logger: Logger;
  readonly #told = new Set<string>();
  #attachment: Attachment | undefined;
  #signal = AbortSignal.abort();
  #isLooking = false;

  constructor(dispatcher: Dispatcher, inquiry: Inquiry, logger: Logger) {
    this.#dispatcher = dispatcher;
    this.#inquiry = inquiry;
    this.#logger = logger;
    dispatcher.watchAudience(this);
  }

  changed({ name, audience }: Topic): void {
    if (audience > 0 && silent.some(({ types }) => types.includes(name))) {
      void this.#look();
    }
  }

  /** The connection is open, until the signal aborts. */
  opened(attachment: Attachment, signal: AbortSignal): void {
    this.#attachment = attachment;
    this.#signal = signal;
    void this.#look();
  }

  /** Never rejects: without an answer there is nothing to say. */
  async #look(): Promise<void> {
    const signal = this.#signal;
    if (this.#isLooking || signal.aborted || this.#attachment?.subscribeAll !== false || this.#missed().length === 0) {
      return;
    }
    this.#isLooking = true;
    try {
      await pause(settledMs, signal);
      if (!signal.aborted && this.#missed().length > 0) {
        await this.#ask([...this.#attachment.apps], signal);
      }
    } catch (error) {
      this.#logger.debug(`what is subscribed to is not known: ${errorText(error)}`);
    } finally {
      this.#isLooking = false;
    }
  }

  async #ask(apps: readonly string[], signal: AbortSignal): Promise<void> {
    const facts = await Promise.all(apps.map((app) => this.#inquiry.application(app, signal)));
    for (const { types, source, of } of this.#missed()) {
      if (facts.every((each) => (each?.[of] ?? []).length === 0)) {
        this.#told.add(of);
        const heard = types.filter((type) => this.#isHeard(type)).join(', ');
        const how = `applications.subscribe({ applicationName: '${apps[0]}', eventSource: '${source}' })`;
        this.#logger.warn(
          `${heard} cannot come: nothing is subscribed that sends it; ${how}, or start() with subscribeAll`,
        );
      }
    }
  }

  /** Kinds that are listened to and were not told of yet. */
  #missed(): typeof silent {
    return silent.filter(({ types, of }) => !this.#told.has(of) && types.some((type) => this.#isHeard(type)));
  }

  #isHeard(type: string): boolean {
    return (this.#dispatcher.event(type)?.audience ?? 0) > 0;
  }
}
