import { AriHttpError } from '../errors/http-error.js';
import type { Demand } from '../events/listener.js';
import { Deferred } from '../support/deferred.js';
import { errorText } from '../support/error-text.js';
import type { Logger } from '../support/logger.js';
import type { Inquiry } from './inquiry.js';
import type { Subscriptions } from './subscriptions.js';

/** How long an Asterisk that does not answer is waited for when something is taken back, in milliseconds. */
const takeBackMs = 1_000;

/** An event source that is wanted, by however many. */
interface Wanted {
  readonly source: string;
  /** Which application is to receive it; the first one if it does not matter. */
  readonly app: string | undefined;
  readonly ready: Deferred<void>;
  readonly onRefused: ((error: AriHttpError) => void) | undefined;
  count: number;
  /** The application that was chosen. */
  chosen: string | undefined;
  /** Settles when it has been subscribed to, or not. */
  work: Promise<void> | undefined;
}

/**
 * What applications are subscribed to on the client's own account, for as long as somebody listens. Subscriptions that
 * the application has asked for itself are left alone.
 */
export class Demands {
  readonly #inquiry: Inquiry;
  readonly #subscriptions: Subscriptions;
  readonly #logger: Logger;
  readonly #wanted = new Map<string, Wanted>();
  #apps: ReadonlySet<string> = new Set();
  /** Aborts when the connection is gone. */
  #signal = AbortSignal.abort();

  constructor(inquiry: Inquiry, subscriptions: Subscriptions, logger: Logger) {
    this.#inquiry = inquiry;
    this.#subscriptions = subscriptions;
    this.#logger = logger;
  }

  /**
   * Subscribes to an event source, now or when the event connection is open.
   * @param app which application is to receive it; the first one if it does not matter
   * @param onRefused told if Asterisk does not do it
   */
  want(source: string, app?: string, onRefused?: (error: AriHttpError) => void): Demand {
    const key = `${app ?? ''} ${source}`;
    const wanted = this.#wanted.get(key) ?? this.#begin(key, source, app, onRefused);
    wanted.count += 1;
    let isReleased = false;
    return {
      ready: wanted.ready.promise,
      release: (hasEnded) => {
        if (!isReleased) {
          isReleased = true;
          this.#release(key, wanted, hasEnded);
        }
      },
    };
  }

  /** The connection is open, until the signal aborts: what is wanted is about to be subscribed to with the rest. */
  opened(apps: ReadonlySet<string>, signal: AbortSignal): void {
    this.#apps = apps;
    this.#signal = signal;
    for (const wanted of this.#wanted.values()) {
      this.#choose(wanted);
    }
  }

  /** It has been subscribed to. */
  restored(): void {
    for (const { chosen, ready } of this.#wanted.values()) {
      if (chosen !== undefined) {
        ready.resolve();
      }
    }
  }

  #begin(key: string, source: string, app: string | undefined, onRefused: Wanted['onRefused']): Wanted {
    const ready = new Deferred<void>();
    const wanted: Wanted = { source, app, ready, onRefused, count: 0, chosen: undefined, work: undefined };
    this.#wanted.set(key, wanted);
    if (!this.#signal.aborted) {
      const chosen = this.#choose(wanted);
      wanted.work = chosen === undefined ? undefined : this.#subscribe(wanted, chosen);
    }
    return wanted;
  }

  #choose(wanted: Wanted): string | undefined {
    const { source, app, chosen } = wanted;
    const [first] = this.#apps;
    const next = app ?? (chosen !== undefined && this.#apps.has(chosen) ? chosen : first);
    wanted.chosen = next !== undefined && this.#apps.has(next) ? next : undefined;
    if (wanted.chosen !== undefined) {
      this.#subscriptions.hold(wanted.chosen, source);
    }
    return wanted.chosen;
  }

  /** Never rejects. If the connection is lost meanwhile, all that is held is subscribed to when it is back. */
  async #subscribe({ source, ready, onRefused }: Wanted, app: string): Promise<void> {
    try {
      if (!this.#subscriptions.isAsked(app, source)) {
        await this.#inquiry.subscribe(app, [source], this.#signal);
      }
      ready.resolve();
    } catch (error) {
      this.#logger.debug(`${app} is not subscribed to ${source}: ${errorText(error)}`);
      if (error instanceof AriHttpError) {
        this.#subscriptions.letGo(app, source);
        ready.resolve();
        onRefused?.(error);
      }
    }
  }

  #release(key: string, wanted: Wanted, hasEnded: boolean): void {
    const { source, chosen, work } = wanted;
    wanted.count -= 1;
    if (wanted.count === 0) {
      this.#wanted.delete(key);
      if (chosen !== undefined) {
        this.#subscriptions.letGo(chosen, source);
        if (!hasEnded && canBeTakenBack(source)) {
          void Promise.resolve(work).then(() => this.#unsubscribe(chosen, source));
        }
      }
    }
  }

  async #unsubscribe(app: string, source: string): Promise<void> {
    const isWanted = this.#subscriptions.isHeld(app, source) || this.#subscriptions.isAsked(app, source);
    if (!isWanted && !this.#signal.aborted) {
      try {
        await this.#inquiry.unsubscribe(app, [source], takeBackMs);
      } catch (error) {
        this.#logger.debug(`${app} was not unsubscribed from ${source}: ${errorText(error)}`);
      }
    }
  }
}

/** All channels, bridges or endpoints, once subscribed to, are so for good. */
function canBeTakenBack(source: string): boolean {
  return !source.endsWith(':') || source === 'deviceState:';
}
