import { eventSourceOf, idOf, ObjectHandle } from '../domain/object-handle.js';
import { AriHttpError } from '../errors/http-error.js';
import { everySource, isSubscribed, isSupported } from './event-sources.js';
import type { ApplicationFacts, FilterLists, Inquiry } from './inquiry.js';
import type { Logger } from './logger.js';

/** What was asked of one application. */
interface Wishes {
  readonly sources: Set<string>;
  filter: FilterLists | undefined;
  /** So many sources are remembered before one looks which of them are still there. */
  pruneAt: number;
}

const firstPrune = 64;

/**
 * What this client subscribed its applications to, and which events it lets through: Asterisk forgets it with the
 * application, which it may do as soon as nobody is connected.
 */
export class Subscriptions {
  readonly #inquiry: Inquiry;
  readonly #logger: Logger;
  readonly #apps = new Map<string, Wishes>();

  constructor(inquiry: Inquiry, logger: Logger) {
    this.#inquiry = inquiry;
    this.#logger = logger;
  }

  /** Takes note of a request that succeeded, if it is one of those that subscribe or filter. */
  observe(operation: string, params: unknown, result: unknown): void {
    const { applicationName, eventSource } = (params ?? {}) as { applicationName?: unknown; eventSource?: unknown };
    switch (operation) {
      case 'applications.subscribe':
        return this.#subscribed(textOf(applicationName), textsOf(eventSource), factsOf(result));
      case 'applications.unsubscribe':
        return this.#unsubscribed(textOf(applicationName), textsOf(eventSource));
      case 'applications.filter':
        return this.#filtered(textOf(applicationName), factsOf(result));
    }
  }

  /** Makes an application's subscriptions and filter in Asterisk what they ought to be. */
  async restore(app: string, subscribeAll: boolean, signal: AbortSignal): Promise<void> {
    const { sources, filter } = this.#of(app);
    if (!subscribeAll && sources.size === 0 && filter === undefined) {
      return;
    }
    const facts = await this.#inquiry.application(app, signal);
    if (facts === undefined) {
      return;
    }
    const wanted = [...(subscribeAll ? everySource : []), ...sources];
    await this.#subscribe(
      app,
      wanted.filter((source) => isSupported(facts, source) && !isSubscribed(facts, source)),
      signal,
    );
    if (filter !== undefined) {
      await this.#inquiry.setFilter(app, filter, signal);
    }
  }

  /** All at once, or, if one of them is gone, one after the other. */
  async #subscribe(app: string, sources: readonly string[], signal: AbortSignal): Promise<void> {
    if (sources.length === 0) {
      return;
    }
    try {
      await this.#inquiry.subscribe(app, sources, signal);
    } catch (error) {
      if (!(error instanceof AriHttpError)) {
        throw error;
      }
      if (sources.length > 1) {
        for (const source of sources) {
          await this.#subscribe(app, [source], signal);
        }
      } else {
        this.#of(app).sources.delete(sources[0] as string);
        this.#logger.info(`${app} is not subscribed to ${sources[0]} any more: ${error.message}`);
      }
    }
  }

  #subscribed(app: string, sources: readonly string[], facts: ApplicationFacts): void {
    const wishes = this.#of(app);
    for (const source of sources) {
      wishes.sources.add(source);
    }
    if (wishes.sources.size >= wishes.pruneAt) {
      // Asterisk drops a subscription with its object; the answer shows which are left.
      for (const source of wishes.sources) {
        if (/^(channel|bridge):./.test(source) && !isSubscribed(facts, source)) {
          wishes.sources.delete(source);
        }
      }
      wishes.pruneAt = Math.max(firstPrune, 2 * wishes.sources.size);
    }
  }

  #unsubscribed(app: string, sources: readonly string[]): void {
    const wishes = this.#of(app);
    for (const source of sources) {
      wishes.sources.delete(source);
    }
  }

  #filtered(app: string, { events_allowed: allowed = [], events_disallowed: disallowed = [] }: ApplicationFacts): void {
    this.#of(app).filter = allowed.length + disallowed.length === 0 ? undefined : { allowed, disallowed };
  }

  #of(app: string): Wishes {
    let wishes = this.#apps.get(app);
    if (wishes === undefined) {
      wishes = { sources: new Set(), filter: undefined, pruneAt: firstPrune };
      this.#apps.set(app, wishes);
    }
    return wishes;
  }
}

function textOf(value: unknown): string {
  return value instanceof ObjectHandle ? idOf(value) : String(value);
}

function textsOf(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((each) => (each instanceof ObjectHandle ? eventSourceOf(each) : String(each)));
}

/** The raw data of the application that such a request answers. */
function factsOf(result: unknown): ApplicationFacts {
  return result instanceof ObjectHandle ? (result.toJSON() as ApplicationFacts) : (result as ApplicationFacts);
}
