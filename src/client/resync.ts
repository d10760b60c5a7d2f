import { gapSettled, type GapMessage, type MessageSource } from '../diagnostics/channels.js';
import { AriConnectionError } from '../errors/connection-error.js';
import type { Dispatcher } from '../events/dispatcher.js';
import { isKnown, markKnown } from '../events/existence.js';
import type { GapNotice, ObjectIds } from '../contract/notices.js';
import { errorText } from '../support/error-text.js';
import { jitteredDelay } from '../support/backoff.js';
import { pause } from '../support/pause.js';
import type { Departures } from './departures.js';
import { mortalKinds, type Inquiry, type MortalKind } from './inquiry.js';
import type { Logger } from '../support/logger.js';
import type { Subscriptions } from './subscriptions.js';

/** What one connection is for. */
export interface Attachment {
  readonly apps: ReadonlySet<string>;
  readonly subscribeAll: boolean;
}

/** What it takes to resync. */
export interface ResyncParts {
  readonly dispatcher: Dispatcher;
  readonly inquiry: Inquiry;
  readonly subscriptions: Subscriptions;
  readonly departures: Departures;
  readonly logger: Logger;
  readonly source: MessageSource;
}

/** Ids of one kind of object. */
interface Findings {
  readonly gone: readonly string[];
  readonly alive: readonly string[];
  readonly unclear: readonly string[];
}

const fields: Readonly<Record<MortalKind, keyof ObjectIds>> = {
  Channel: 'channels',
  Bridge: 'bridges',
  Playback: 'playbacks',
  LiveRecording: 'liveRecordings',
};

/**
 * What has to be done after the event connection was interrupted: subscriptions as they were, an end for listeners of
 * what is gone, and a notice to the application. If it breaks again meanwhile, the next time does it all.
 */
export class Resync {
  readonly #dispatcher: Dispatcher;
  readonly #inquiry: Inquiry;
  readonly #subscriptions: Subscriptions;
  readonly #departures: Departures;
  readonly #logger: Logger;
  readonly #source: MessageSource;
  /** Channels that are told of though nobody listens to them: they have been there. */
  own: ReadonlySet<string> = new Set();
  /** When the connection was lost; undefined once the application was told. */
  #lostAt: number | undefined;

  constructor({ dispatcher, inquiry, subscriptions, departures, logger, source }: ResyncParts) {
    this.#dispatcher = dispatcher;
    this.#inquiry = inquiry;
    this.#subscriptions = subscriptions;
    this.#departures = departures;
    this.#logger = logger;
    this.#source = source;
  }

  /** The connection is gone, for whatever reason. @param since by the clock */
  lost(since: number): void {
    this.#lostAt ??= since;
  }

  /**
   * The connection is open: makes up for the interruption, if there was one. What fails is tried again until it succeeds
   * or the signal aborts; the promise is about the first time.
   */
  async opened(attachment: Attachment, signal: AbortSignal): Promise<void> {
    const back = Date.now();
    if (!(await this.#try(attachment, back, signal))) {
      void this.#insist(attachment, back, signal);
    }
  }

  async #insist(attachment: Attachment, back: number, signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await pause(jitteredDelay(attempt, 1_000, 30_000), signal);
      if (signal.aborted || (await this.#try(attachment, back, signal))) {
        return;
      }
    }
  }

  async #try({ apps, subscribeAll }: Attachment, back: number, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#restore(apps, subscribeAll, signal);
      if (this.#lostAt !== undefined) {
        await this.#settle(this.#lostAt, back, apps, signal);
      }
      return true;
    } catch (error) {
      if (!signal.aborted) {
        this.#logger.warn(`could not find out what is left after the interruption: ${errorText(error)}`);
      }
      return false;
    }
  }

  /** A refusal, as of a user who may only read, will not change: it is told in the log and that is that. */
  async #restore(apps: ReadonlySet<string>, subscribeAll: boolean, signal: AbortSignal): Promise<void> {
    for (const app of apps) {
      try {
        await this.#subscriptions.restore(app, subscribeAll, signal);
      } catch (error) {
        if (signal.aborted || error instanceof AriConnectionError) {
          throw error;
        }
        this.#logger.warn(`the subscriptions of ${app} could not be restored: ${errorText(error)}`);
      }
    }
  }

  async #settle(lostAt: number, back: number, apps: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    const findings = new Map<MortalKind, Findings>();
    for (const kind of mortalKinds) {
      findings.set(kind, await this.#compare(kind, signal));
    }
    if (!signal.aborted) {
      this.#tell(findings, lostAt, back, apps);
    }
  }

  /** Asterisk does not come back: nothing is left of what was listened to. */
  over(apps: ReadonlySet<string>): void {
    const findings = mortalKinds.map((kind) => [kind, { gone: this.#known(kind), alive: [], unclear: [] }] as const);
    this.#tell(new Map(findings), this.#lostAt ?? Date.now(), Date.now(), apps);
  }

  #tell(findings: Map<MortalKind, Findings>, lostAt: number, back: number, apps: ReadonlySet<string>): void {
    this.#lostAt = undefined;
    for (const [kind, found] of findings) {
      this.#conclude(kind, found);
    }
    const idsOf = (which: keyof Findings): ObjectIds =>
      Object.fromEntries([...findings].map(([kind, found]) => [fields[kind], found[which]])) as unknown as ObjectIds;
    const notice: GapNotice = {
      since: new Date(lostAt),
      durationMs: back - lostAt,
      apps: [...apps],
      gone: idsOf('gone'),
      alive: idsOf('alive'),
      unclear: idsOf('unclear'),
    };
    this.#logger.warn(`events of ${notice.durationMs} ms were missed; ${count(notice.gone)} objects are gone`);
    if (gapSettled.hasSubscribers) {
      gapSettled.publish({ ...notice, ...this.#source } satisfies GapMessage);
    }
    this.#dispatcher.notify('gap', notice);
  }

  /** What was listened to before one asks: what comes to be listened to meanwhile may be just being created. */
  async #compare(kind: MortalKind, signal: AbortSignal): Promise<Findings> {
    const listeners = this.#dispatcher.objects(kind);
    const own = this.#ownOf(kind);
    const ids = [...new Set([...(listeners?.ids() ?? []), ...own])];
    const known = new Set(this.#known(kind));
    const { present, unclear } = await this.#inquiry.presence(kind, ids, signal);
    for (const [id, why] of unclear) {
      this.#logger.warn(`${kind} ${id} is still there, or is not: ${errorText(why)}`);
    }
    // An event may have ended a listener's object in the meantime.
    const missing = ids.filter((id) => known.has(id) && !present.has(id) && !unclear.has(id));
    return {
      gone: missing.filter((id) => listeners?.get(id) !== undefined || own.has(id)),
      alive: [...present],
      unclear: [...unclear.keys()],
    };
  }

  /** Those listened to that have been there, and the client's own. */
  #known(kind: MortalKind): string[] {
    const listeners = this.#dispatcher.objects(kind);
    const heard = listeners === undefined ? [] : [...listeners.ids()].filter((id) => isKnown(listeners, id));
    return [...new Set([...heard, ...this.#ownOf(kind)])];
  }

  #ownOf(kind: MortalKind): ReadonlySet<string> {
    return kind === 'Channel' ? this.own : new Set();
  }

  #conclude(kind: MortalKind, { gone, alive, unclear }: Findings): void {
    const listeners = this.#dispatcher.objects(kind);
    for (const id of gone) {
      this.#dispatcher.singles.drop(kind, id, 'has ended while the event connection was interrupted');
    }
    for (const id of alive) {
      markKnown(listeners, id);
      // It may have left the application: then its end will not be told.
      this.#departures.suspect(kind, id);
    }
    for (const id of unclear.filter((each) => isKnown(listeners, each))) {
      this.#departures.suspect(kind, id);
    }
  }
}

function count(ids: ObjectIds): number {
  return ids.channels.length + ids.bridges.length + ids.playbacks.length + ids.liveRecordings.length;
}
